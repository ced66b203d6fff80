import Foundation

/// A package of labs, made in an empty folder.
struct Course {
  var folder: URL
  /// The URL that LabKit is fetched from.
  var labKit: String

  /// Writes all files.
  ///
  /// - Throws: A sentence where the folder has something in it, or cannot be written.
  func make() throws {
    let there = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard there.allSatisfy({ $0 == ".git" }) else {
      throw Complaint("\(folder.relativePath) is not empty; --course wants a new folder")
    }
    if FileManager.default.isFolder(folder.path) == false {
      throw Complaint("\(folder.relativePath) is a file; --course wants a new folder")
    }
    let area = try LabName("area")
    let handwriting = try LabName("handwriting")
    let middle = try LabName("middle")
    var files = [
      "Package.swift": manifest, "README.md": readme, ".gitignore": Self.ignored,
      ".ci/setup": Self.setup, ".ci/regenerate": Self.regenerate, ".ci/site": Self.site,
      ".ci/propose": Self.propose,
      ".github/workflows/reports.yml": Self.workflow, "docs/README.md": Self.index,
    ]
    for (lab, template) in [
      (area, Template.plain), (handwriting, .network), (middle, .exercise),
    ] {
      for (name, text) in template.files(lab) { files["Labs/\(lab.type)/\(name)"] = text }
    }
    try folder.write(files)
    for script in [".ci/setup", ".ci/regenerate", ".ci/propose", ".ci/site"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: script).path)
    }
  }

  /// The course's name: the folder's.
  private var name: String { folder.standardizedFileURL.lastPathComponent }

  /// How SwiftPM calls the package at the URL.
  private var identity: String {
    let last = labKit.split(separator: "/").last.map(String.init) ?? "LabKit"
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }

  private var manifest: String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    /// A lab: an executable whose source is its report.
    func lab(_ name: String, path: String, exclude: [String] = []) -> Target {
      .executableTarget(
        name: name, dependencies: [.product(name: "LabKit", package: "\(identity)")], path: path,
        exclude: exclude,
        plugins: [.plugin(name: "SourceEmbedderPlugin", package: "\(identity)")])
    }

    let package = Package(
      name: "\(name)",
      platforms: [.macOS(.v26)],
      dependencies: [
        .package(url: "\(labKit)", branch: "main")
      ],
      targets: [
        lab("area", path: "Labs/Area"),
        lab("handwriting", path: "Labs/Handwriting"),
        lab("middle", path: "Labs/Middle"),
      ]
    )

    """
  }

  private var readme: String {
    """
    # \(name)

    Labs whose source is their report. Read them under [docs/](docs/README.md).

    On Linux or macOS with [Swift 6.2 or later](https://www.swift.org/install), in a clone of this
    repository. The first command makes the reports, the second proves that they are what the labs
    say today; each installs libpng's headers first where they are missing.

    ```sh
    .ci/setup && swift run labs update --new
    ```

    ```sh
    .ci/setup && swift run labs check
    ```

    | command | what it does |
    |---|---|
    | `swift run labs new pendulum` | begins a lab |
    | `swift run labs list` | which labs and reports there are |
    | `swift run labs preview area` | its report in a browser, made anew after every edit |
    | `.ci/site` | a site of everything under docs/ |
    | `.ci/regenerate` | all reports anew, and which numbers moved; CI proposes them |
    | `swift run area --output docs/area.md` | makes one report |
    | `swift run middle --edition student --output middle.md` | the exercise without its solutions |
    | `swift run labs edition student ../for-students` | a copy of the package without its solutions |
    | `swift run area --help` | a lab's parameters and options |

    """
  }

  private static let ignored = """
    .build*/
    site/
    changes/
    differences/
    Package.resolved

    """

  private static let index = """
    # Reports

    Made by the labs; `swift run labs index` keeps this table.

    <!-- labs index -->
    <!-- /labs index -->

    """
}
