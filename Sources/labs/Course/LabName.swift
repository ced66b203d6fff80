/// What a new lab is called: as a command, as a folder and as a Swift type.
struct LabName {
  /// `double-pendulum`: what one types after `swift run`.
  var command: String

  /// `DoublePendulum`: the type, the file and the folder.
  var type: String

  /// The labs of LabKit itself: names of targets are unique over a package and all that it depends on.
  static let ofLabKit = [
    "lab10", "lab10-summary", "padding-guide", "gallery", "pairs", "dice", "benchmarks", "digits",
  ]

  /// - Throws: A sentence where no Swift type can have the name.
  init(_ command: String) throws {
    let words = command.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = command.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isPlain, let first = command.unicodeScalars.first, first.properties.isAlphabetic,
      words.allSatisfy({ !$0.isEmpty })
    else {
      throw Complaint(
        "'\(command)' cannot name a lab: letters, digits and single hyphens, a letter first, "
          + "as in 'double-pendulum'")
    }
    let type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    // The lab's type may not hide what its source uses.
    let taken = [
      "Lab", "Figure", "Table", "Axis", "Type", "Self", "Any", "Option", "Flag", "Argument",
      "Progress", "Tensor", "Shape", "Comparison", "Double", "Float", "Int", "String", "Array",
    ]
    guard !taken.contains(type) else {
      throw Complaint(
        "'\(command)' would make a type named \(type), which LabKit or Swift has already")
    }
    let reserved = ["labs", "test", "tests", "swift", "main"]
    guard !reserved.contains(command.lowercased()) else {
      throw Complaint("'\(command)' is the name of a command already; take another")
    }
    guard !Self.ofLabKit.contains(command.lowercased()) else {
      throw Complaint("'\(command)' is a lab of LabKit's own, and SwiftPM allows a name only once")
    }
    self.command = command
    self.type = type
  }
}
