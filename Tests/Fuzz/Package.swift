// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its targets are built with libFuzzer and the address sanitizer, which the
// package that it tests must not be. `.ci/fuzz` builds and runs it.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "LabKit", path: "../..")],
  targets: [
    .target(name: "CLibFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CLibFuzzer",
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
      ]),
  ],
  swiftLanguageModes: [.v6]
)
