// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

// A million inputs are made and looked at byte by byte.
let optimised: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

// A package of its own, in a folder whose name no clone has (packages are told apart by it): it is
// built with libFuzzer and the address sanitizer, which the package that it tests must not be.
// `.ci/fuzz` builds and runs it.
let package = Package(
  name: "FuzzTargets",
  platforms: [.macOS(.v26)],
  // A library: libFuzzer brings the main function, and `.ci/fuzz` links the two.
  products: [.library(name: "Fuzz", type: .static, targets: ["Fuzz"])],
  dependencies: [.package(name: "LabKit", path: "../..")],
  targets: [
    // What the tests of the package replay too; a link to their folder.
    .target(
      name: "FuzzReaders",
      dependencies: ["Tensors", "Datasets", "Raster", "PNGCoding", "Reports", "LabKit"].map {
        .product(name: $0, package: "LabKit")
      },
      path: "Sources/Readers",
      swiftSettings: optimised),
    .target(name: "Fuzz", dependencies: ["FuzzReaders"], swiftSettings: optimised),
  ],
  swiftLanguageModes: [.v6]
)
