import Foundation
import Reports

/// The package at hand, as its manifest describes it.
struct CoursePackage {
  /// A lab: an executable target that depends on LabKit.
  struct Lab {
    /// The command: `swift run pendulum`.
    var name: String
    /// The folder of its sources, from the package's folder.
    var path: String
    var sources: [String]
  }

  var name: String
  var root: URL
  var labs: [Lab]
  private var targets: [Target]

  /// The line in which a tool says what is wrong.
  static func firstError(in words: String) -> String? {
    words.documentLines.first { $0.contains("error:") }
  }

  /// Reads the package that the current folder is in.
  static func atHand() throws -> CoursePackage {
    let result = try Command("swift", "package", "describe", "--type", "json").run()
    guard result.status == 0 else {
      let reason = firstError(in: result.errors) ?? "swift said nothing"
      if result.errors.contains("Could not find Package.swift") {
        throw Complaint(
          "no package here: neither this folder nor one above it has a Package.swift; "
            + "'labs new --course FOLDER' makes a package")
      }
      throw Complaint("the package cannot be read: \(reason)")
    }
    // Notes about dependencies may come first.
    let json = result.output.firstIndex(of: "{").map { result.output[$0...] } ?? ""
    do {
      return CoursePackage(try JSONDecoder().decode(Description.self, from: Data(json.utf8)))
    } catch {
      throw Complaint("the package cannot be read: 'swift package describe' said something unknown")
    }
  }

  private init(_ description: Description) {
    name = description.name
    root = URL(filePath: description.path)
    targets = description.targets
    // The fixtures of a package's own tests are no labs of a course.
    labs = targets.compactMap { target in
      let dependencies = (target.target_dependencies ?? []) + (target.product_dependencies ?? [])
      guard target.type == "executable", dependencies.contains("LabKit"),
        !target.path.hasPrefix("Tests/")
      else { return nil }
      return Lab(name: target.name, path: target.path, sources: target.sources ?? [])
    }
  }

  /// All targets, labs or not.
  var targetNames: [String] { targets.map(\.name) }

  /// A lab by its command.
  func lab(_ name: String) -> Lab? { labs.first { $0.name == name } }

  /// The folders of a lab's own sources and of all that it is built from in this package.
  func folders(of lab: Lab) -> [String] {
    var names: Set<String> = [lab.name]
    var open = [lab.name]
    while let name = open.popLast() {
      let target = targets.first { $0.name == name }
      for next in target?.target_dependencies ?? [] where names.insert(next).inserted {
        open.append(next)
      }
    }
    return targets.filter { names.contains($0.name) }.map(\.path)
  }

  private struct Description: Decodable {
    var name: String
    var path: String
    var targets: [Target]
  }

  private struct Target: Decodable {
    var name: String
    var type: String
    var path: String
    var sources: [String]?
    var target_dependencies: [String]?
    var product_dependencies: [String]?
  }
}
