/// What stands under a path.
package struct FileStatus: Equatable, Sendable {
  /// The kinds of things that have a path.
  package enum Kind: Sendable {
    /// A plain file, which may be replaced.
    case file
    /// A folder.
    case folder
    /// A symbolic link, seen as such.
    case link
    /// A pipe with a name: whoever opens it to read waits for a writer.
    case pipe
    /// A terminal, a device, a socket: to be written to, never to be replaced.
    case device
  }

  package let kind: Kind
  /// Who may do what: the low twelve bits.
  package let mode: mode_t
  /// Its length in bytes.
  package let byteCount: Int
  /// Who owns it.
  package let owner: uid_t
  package let group: gid_t
  /// What tells it from everything else on this machine.
  package let identity: Identity

  /// Device and number of a file.
  package struct Identity: Hashable, Comparable, Sendable {
    let device: UInt64
    let number: UInt64

    package static func < (first: Identity, second: Identity) -> Bool {
      (first.device, first.number) < (second.device, second.number)
    }
  }

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      default: .device
      }
    mode = status.st_mode & 0o7777
    byteCount = Int(status.st_size)
    owner = status.st_uid
    group = status.st_gid
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// Whether it takes a report as a stream: a rename would replace it instead of filling it.
  package var isStream: Bool { kind == .pipe || kind == .device }
}
