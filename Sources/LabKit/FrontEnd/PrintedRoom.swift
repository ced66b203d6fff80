internal import SystemCalls

/// Room on the disk for what a run prints, kept ahead of it.
///
/// C code that calls `write`, and programs that a lab starts, seldom look whether the disk took what
/// they wrote, and nobody else can. So there is always more room than what has been printed; where
/// there is none any more, bytes may be lost, and the run does not end well.
struct PrintedRoom {
  private let file: Descriptor
  /// How long the file can become for certain; nil where the file system keeps no room.
  private var kept: Int? = 0
  private var refusal: SystemError?

  /// How much room is kept beyond what has been printed.
  private static let least = 1 << 20
  private static let most = 1 << 26
  /// A file system gives room by blocks; a write that finds no more of them may stop before the end
  /// of the last one.
  private static let block = 1 << 16

  /// No room yet.
  init(for file: Descriptor) { self.file = file }

  /// Keeps more room where little is left.
  mutating func grow() {
    guard let room = kept, refusal == nil, let size = file.size, size > room - Self.least / 2
    else { return }
    let wanted = min(
      size + min(Self.most, max(Self.least, size)), Descriptor.longestFile ?? .max)
    guard wanted > room else { return }
    do {
      kept = try file.keepRoom(for: wanted) ? wanted : nil
    } catch {
      refusal = error
    }
  }

  /// Keeps the first room.
  ///
  /// - Throws: When there is none: before the run, which could print nothing.
  mutating func begin() throws(SystemError) {
    grow()
    if let refusal {
      throw SystemError(
        action: "keeping room for what the lab prints in \(Descriptor.temporaryFolder) "
          + "(the variable TMPDIR names another folder)", code: refusal.code)
    }
  }

  /// Why some of what was printed may be lost; nil when all of it is there.
  var loss: String? {
    let size = file.size ?? 0
    if let refusal, let kept, size > kept - Self.block { return Self.sentence(refusal) }
    if let longest = Descriptor.longestFile, size >= longest {
      return Self.sentence(SystemError(action: "", code: EFBIG))
    }
    return nil
  }

  /// What is said when printed text is lost.
  static func sentence(_ error: SystemError?) -> String {
    let cause = error.map { ": \($0.reason)" } ?? ""
    return "what the lab printed could not all be kept in \(Descriptor.temporaryFolder)\(cause) "
      + "(the variable TMPDIR names another folder)"
  }
}
