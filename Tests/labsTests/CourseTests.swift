import Foundation
import Testing

@testable import labs

/// What a course begins with. That it builds and that its commands hold is tried by `.ci/course`.
@Suite
struct CourseTests {
  /// This package's folder.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test
  func `Its scripts and its workflow are this package's own`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Course(folder: folder, labKit: "https://example.org/LabKit.git").make()
    for file in [".ci/regenerate", ".ci/propose", ".ci/site", ".github/workflows/reports.yml"] {
      let own = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
      #expect(try String(contentsOf: folder.appending(path: file), encoding: .utf8) == own)
    }
    let mode =
      try FileManager.default.attributesOfItem(
        atPath: folder.appending(path: ".ci/setup").path)[.posixPermissions] as? Int
    #expect(mode == 0o755)
    let manifest = try String(
      contentsOf: folder.appending(path: "Package.swift"), encoding: .utf8)
    #expect(manifest.contains("package: \"LabKit\""))
  }

  @Test
  func `Its labs have other names than LabKit's targets: SwiftPM would refuse both`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Course(folder: folder, labKit: "https://example.org/LabKit").make()
    let own = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let course = try String(
      contentsOf: folder.appending(path: "Package.swift"), encoding: .utf8)
    let names = course.matches(of: /(?m)^ +lab\("([^"]+)"/).map { String($0.1) }
    #expect(names.count == 3)
    for name in names { #expect(!own.contains("\"\(name)\"")) }
  }

  /// Each executable that this package offers is refused as the name of a lab.
  @Test
  func `A lab of LabKit's own is no name for another`() throws {
    let own = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let taken = own.matches(of: /(?m)^ +lab\(\s*"([a-z0-9-]+)"/).map { String($0.1) }
    #expect(taken.count >= 6)
    for name in taken {
      #expect(throws: Complaint.self, "a new lab of this package: add it to LabName.ofLabKit") {
        try LabName(name)
      }
    }
  }

  @Test(arguments: [
    ("https://example.org/LabKit.git", "https://example.org/LabKit.git"),
    ("git@example.org:a/LabKit.git", "git@example.org:a/LabKit.git"),
    ("/srv/git/LabKit.git", "file:///srv/git/LabKit.git"),
    ("../LabKit.git", "file:///home/LabKit.git"),
    ("/home/a b/LabKit", "file:///home/a%20b/LabKit"),
  ])
  func `LabKit comes from where the package at hand has it`(remote: String, url: String) {
    #expect(LabKitOrigin.place(remote, URL(filePath: "/home/clone")) == url)
  }

  @Test
  func `Of a course's dependencies the one on LabKit counts`() {
    let manifest = """
      .package(url: "https://example.org/NotLabKit", from: "1.0.0"),
      .package(url: "https://example.org/fork/LabKit.git", branch: "main"),
      """
    #expect(LabKitOrigin.dependency(in: manifest) == "https://example.org/fork/LabKit.git")
    #expect(LabKitOrigin.dependency(in: "dependencies: []") == nil)
  }

  @Test
  func `A folder with something in it, or a file, is refused and left alone`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(["notes.txt": "mine"])
    #expect { try Course(folder: folder, labKit: "x").make() } throws: {
      "\($0)".contains("is not empty")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
    let file = folder.appending(path: "notes.txt")
    #expect { try Course(folder: file, labKit: "x").make() } throws: {
      "\($0)".contains("is a file")
    }
  }
}
