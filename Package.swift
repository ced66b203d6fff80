// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target compiles with: Swift 6 mode, strict memory safety, and the upcoming
/// features that make imports and existentials say what they are.
let house: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Targets that touch elements, pixels or bytes one by one are optimised in debug builds too, so that
/// a plain `swift run lab10` needs no `-c release` to be fast. The others are not: who depends on
/// LabKit builds all of it once, and optimising takes three quarters of a module's time.
let optimised: [SwiftSetting] =
  house + [
    .unsafeFlags(["-O"], .when(configuration: .debug))
  ]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  _ settings: [SwiftSetting] = house
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: ["README.md"] + exclude,
    swiftSettings: settings)
}

/// A module that is optimised in debug builds too.
func fast(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  module(name, dependencies, exclude: exclude, optimised)
}

func tests(
  _ module: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: module + "Tests",
    dependencies: [.byName(name: module), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: house)
}

func lab(
  _ name: String, path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: ["LabKit"] + dependencies, path: path, exclude: exclude,
    swiftSettings: house,
    plugins: ["SourceEmbedderPlugin"])
}

/// The numeric kernels, compiled for one instruction set. `Sources/Kernels<name>` is a link to
/// `Sources/Kernels`: one source, several modules, one of which is chosen when a program starts.
/// `registers` names the section of `RegisterTiles.swift` that they take their tiles from.
func kernels(_ name: String, architecture: String? = nil, registers: String? = nil) -> Target {
  // File by file in release builds too: with the whole module in view the optimiser shares the code
  // that sets up the accumulators between all tiles, and with that they live in memory.
  var settings =
    optimised + [
      .unsafeFlags(["-no-whole-module-optimization"], .when(configuration: .release))
    ]
  if let architecture { settings.append(.unsafeFlags(["-Xcc", "-march=\(architecture)"])) }
  if let registers { settings.append(.define("REGISTERS_\(registers)")) }
  return .target(
    name: "Kernels" + name, dependencies: ["CKernels", "KernelInterface"],
    exclude: ["README.md"], swiftSettings: settings)
}

#if arch(x86_64)
  let kernelModules = [
    kernels("Base"), kernels("V3", architecture: "x86-64-v3"),
    kernels("V4", architecture: "x86-64-v4", registers: "32X512"),
  ]
#else
  let kernelModules = [kernels("Base")]
#endif

let package = Package(
  name: "LabKit",
  platforms: [.macOS(.v26)],  // InlineArray, and types generic over integers
  products: [
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "NeuralNetworks", targets: ["NeuralNetworks"]),
    .library(name: "Numbers", targets: ["Numbers"]),
    .library(name: "Raster", targets: ["Raster"]),
    .library(name: "PNGCoding", targets: ["PNGCoding"]),
    .library(name: "VectorCoding", targets: ["VectorCoding"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "LabKit", targets: ["LabKit"]),
    .plugin(name: "SourceEmbedderPlugin", targets: ["SourceEmbedderPlugin"]),
    .executable(name: "labs", targets: ["labs"]),
    .executable(name: "lab10", targets: ["lab10"]),
    .executable(name: "lab10-summary", targets: ["lab10-summary"]),
    .executable(name: "padding-guide", targets: ["padding-guide"]),
    .executable(name: "gallery", targets: ["gallery"]),
    .executable(name: "pairs", targets: ["pairs"]),
    .executable(name: "digits", targets: ["digits"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
  ],
  targets: [
    // What everything stands on.
    module("SystemCalls"),
    fast("Requirements", ["SystemCalls"]),
    fast("ElementaryFunctions", ["Requirements"]),
    fast("Statistics", ["Requirements", "ElementaryFunctions"]),
    fast("Numbers", ["Requirements"]),

    // Arrays, data, networks.
    .target(name: "CKernels", exclude: ["README.md"]),
    fast("KernelInterface"),
    fast(
      "Tensors",
      ["Requirements", "SystemCalls", "ElementaryFunctions", "CKernels", "KernelInterface"]
        + kernelModules.map { .byName(name: $0.name) }),
    .target(name: "CZlib", exclude: ["README.md"], linkerSettings: [.linkedLibrary("z")]),
    .target(name: "CMNIST", exclude: ["Files", "README.md"]),  // #embed finds what it excludes
    fast(
      "Datasets",
      ["Requirements", "ElementaryFunctions", "SystemCalls", "Tensors", "CZlib", "CMNIST"]),
    fast("NeuralNetworks", ["Requirements", "ElementaryFunctions", "Tensors", "Datasets"]),

    // Pictures.
    .target(name: "CFonts", exclude: ["README.md", "fonts", "subset.py"]),
    fast("Raster", ["Requirements", "SystemCalls", "ElementaryFunctions", "CFonts"]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    fast("PNGCoding", ["ElementaryFunctions", "Raster", "CPNG"]),
    fast("VectorCoding", ["Raster", "PNGCoding", "CZlib"]),
    fast("Sweeps", ["ElementaryFunctions", "Raster"]),
    module(
      "Plotting",
      ["Requirements", "ElementaryFunctions", "Statistics", "Numbers", "Raster", "Sweeps"],
      exclude: ["Style/make_colormaps.py"]),

    // Reports.
    fast("Reports", ["Requirements", "SystemCalls", "Numbers", "Raster", "PNGCoding"]),
    .target(name: "CStreams", exclude: ["README.md"]),
    module(
      "LabKit",
      [
        "Requirements", "SystemCalls", "Tensors", "Datasets", "NeuralNetworks", "Raster",
        "PNGCoding", "VectorCoding", "Plotting", "Reports", "ElementaryFunctions", "Statistics",
        "Numbers", "CStreams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // The build-tool plugin that builds a lab's source text into its executable.
    .executableTarget(
      name: "SourceEmbedder", exclude: ["README.md"], swiftSettings: house),
    .plugin(
      name: "SourceEmbedderPlugin", capability: .buildTool(), dependencies: ["SourceEmbedder"],
      path: "Sources/SourceEmbedderPlugin"),

    // The tool that begins, checks and regenerates labs.
    .executableTarget(
      name: "labs",
      dependencies: [
        "Reports", "SystemCalls", "Raster", "PNGCoding",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      exclude: ["README.md"], swiftSettings: house),

    // Labs.
    lab("padding-guide", path: "Labs/PaddingGuide"),
    lab("dice", path: "Labs/Dice"),
    .target(
      name: "CLab10Reference", path: "Labs/Lab10/Reference",
      exclude: [
        "README.md", "make-padding.py", "make-training.py", "padding.safetensors",
        "training.safetensors",
      ]),
    .target(
      name: "Lab10Experiments", dependencies: ["LabKit", "Requirements", "CLab10Reference"],
      path: "Labs/Lab10/Experiments", swiftSettings: optimised),
    lab("lab10", path: "Labs/Lab10", ["Lab10Experiments"], exclude: ["Reference", "Experiments"]),
    lab("lab10-summary", path: "Labs/Lab10Summary", ["Lab10Experiments"]),

    .target(
      name: "CDigitsTrained", path: "Labs/Digits/Trained",
      exclude: ["README.md", "trained.safetensors"]),
    lab("digits", path: "Labs/Digits", ["CDigitsTrained", "SystemCalls"], exclude: ["Trained"]),

    lab("gallery", path: "Labs/Gallery"),
    lab("pairs", path: "Labs/Pairs", ["PNGCoding"], exclude: ["Peer"]),
    lab(
      "benchmarks", path: "Labs/Benchmarks", ["PNGCoding", "ElementaryFunctions", "SystemCalls"],
      exclude: ["Peers"]),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Tensors", "Raster", "PNGCoding"],
      path: "Tests/TestSupport", swiftSettings: house),
    tests("Requirements"),
    tests("Numbers", exclude: ["Fixtures"]),
    tests("Tensors", ["ElementaryFunctions"], exclude: ["Fixtures"]),
    tests(
      "NeuralNetworks", ["Tensors", "Datasets", "ElementaryFunctions"], exclude: ["Fixtures"]),
    tests("ElementaryFunctions", exclude: ["Fixtures"]),
    tests("Statistics", ["Tensors"], exclude: ["Fixtures"]),
    tests("Datasets", ["Tensors", "SystemCalls"], exclude: ["Fixtures"]),
    tests("Raster", ["Tensors"], exclude: ["Goldens"]),
    tests("Sweeps", ["Raster"]),
    tests("Plotting", ["Numbers", "Raster", "Tensors"], exclude: ["Goldens"]),
    tests("VectorCoding", ["Plotting", "Raster", "PNGCoding"]),
    tests(
      "PNGCoding", ["Raster", "Tensors", "Datasets", "CZlib"], exclude: ["Fixtures", "PngSuite"]),
    tests(
      "Reports", ["Numbers", "Raster", "PNGCoding", "SystemCalls", "Tensors"], exclude: ["Fixtures"]
    ),
    tests(
      "LabKit",
      [
        "Reports", "SystemCalls", "PNGCoding",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "LabKit", "Reports", "SystemCalls", "Datasets", "Tensors", "Raster", "PNGCoding",
      ],
      swiftSettings: optimised),
    tests("SystemCalls"),
    tests("labs", ["Reports", .product(name: "FlyingFox", package: "FlyingFox")]),

    // What the gallery shows, its descriptions compared with its data.
    .testTarget(
      name: "GalleryTests",
      dependencies: [
        "gallery", "LabKit", "Plotting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: house),

    // The examples of the documentation, compiled: unused results are in the nature of examples.
    .testTarget(
      name: "ExamplesTests", dependencies: ["LabKit", "PNGCoding", "Reports", "VectorCoding"],
      swiftSettings: house + [.unsafeFlags(["-suppress-warnings"])]),

    // Labs that go wrong, and the tests that run labs as programs.
    .target(name: "CFixture", path: "Tests/CFixture"),
    lab("FixtureLab", path: "Tests/FixtureLab", ["CFixture"]),
    lab("FaultyLab", path: "Tests/FaultyLab"),
    lab("ReadmeLab", path: "Tests/ReadmeLab"),
    lab("GuideLab", path: "Tests/GuideLab"),
    lab("CallingLab", path: "Tests/CallingLab", ["CFixture"]),
    .testTarget(
      name: "LabTests",
      dependencies: [
        "FixtureLab", "FaultyLab", "ReadmeLab", "GuideLab", "CallingLab", "dice", "digits", "lab10",
        "lab10-summary", "SourceEmbedder", "PNGCoding", "Raster",
      ],
      swiftSettings: house),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x  // C23's #embed
)
package.targets += kernelModules

// `.ci/sanitize` names the tests that it wants, and builds them with what they need: instrumented code
// takes long to build, and the programs are of no use to it.
if let wanted = Context.environment["LABKIT_TESTS"], !wanted.isEmpty {
  var kept = Set(wanted.split(separator: " ").map(String.init))
  var found = 0
  while found < kept.count {
    found = kept.count
    for target in package.targets where kept.contains(target.name) {
      for case .byNameItem(let name, _) in target.dependencies { kept.insert(name) }
    }
  }
  package.targets.removeAll { !kept.contains($0.name) }
  package.products = []
}
