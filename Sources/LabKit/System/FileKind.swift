#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What stands under a path, as far as writing to it is concerned.
enum FileKind {
  /// A plain file, which may be replaced.
  case file
  /// A folder.
  case folder
  /// A pipe, a terminal, a device: to be written to, never to be replaced.
  case stream

  /// What stands under `path`, links followed; nil when nothing does.
  init?(path: String) {
    var status = stat()
    // `stat` fills the struct that it is given.
    guard unsafe stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .stream
    }
  }
}
