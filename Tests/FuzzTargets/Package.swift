// swift-tools-version: 6.2
import PackageDescription

// A package of its own, in a folder whose name no clone has (packages are told apart by it): it is
// built with libFuzzer and the address sanitizer, which the package that it tests must not be.
// `.ci/fuzz` builds and runs it.
let package = Package(
  name: "FuzzTargets",
  platforms: [.macOS(.v15)],
  // A library: libFuzzer brings the main function, and `.ci/fuzz` links the two.
  products: [.library(name: "Fuzz", type: .static, targets: ["Fuzz"])],
  dependencies: [.package(name: "LabKit", path: "../..")],
  targets: [
    .target(
      name: "Fuzz",
      dependencies: [
        .product(name: "Tensors", package: "LabKit"),
        .product(name: "Datasets", package: "LabKit"),
        .product(name: "Raster", package: "LabKit"),
        .product(name: "PNGCoding", package: "LabKit"),
        .product(name: "Reports", package: "LabKit"),
      ],
      swiftSettings: [
        .strictMemorySafety(),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
