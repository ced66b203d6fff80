internal import CZlib
internal import SystemCalls

/// Reads a gzip stream piece by piece: the only place that calls zlib.
///
/// Its pointers are private and freed in `deinit` alone, hence `@safe`. Reading in pieces lets an IDX header be checked before memory for its contents is taken.
@safe
final class GzipReader {
  private let reader: OpaquePointer
  private let storage: UnsafeMutableBufferPointer<UInt8>

  /// Whether the bytes begin as a gzip file does.
  static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  init(_ compressed: [UInt8]) throws {
    // zlib keeps a pointer into the compressed bytes between calls, which an array does not
    // promise to leave in place: it gets its own copy, freed in `deinit`.
    let storage = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: max(compressed.count, 1))
    _ = unsafe storage.initialize(from: compressed)
    guard let base = storage.baseAddress,
      let reader = unsafe czlib_open(base, compressed.count)
    else {
      unsafe storage.deallocate()
      throw FileError(reason: "could not be read: no memory is left")
    }
    unsafe self.storage = storage
    unsafe self.reader = reader
  }

  deinit {
    unsafe czlib_close(reader)
    unsafe storage.deallocate()
  }

  /// The next `count` bytes, or fewer where the stream ends before.
  ///
  /// Takes memory as bytes come, 16 MB at first, then doubling: a header that promises more than
  /// the stream holds costs nothing.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try readPiece(min(count - bytes.count, max(bytes.count, 1 << 24)))
      if piece.isEmpty { break }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    return bytes
  }

  /// Up to `count` bytes, at least 1; fewer only where the stream ends.
  private func readPiece(_ count: Int) throws -> [UInt8] {
    var status = CZlibFilled
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      // `count` is positive, so the buffer has an address; zlib writes no more than `count` bytes.
      if let base = buffer.baseAddress {
        unsafe status = czlib_read(reader, base, count, &initialised)
      }
    }
    switch status {
    case CZlibFilled, CZlibEnded: return bytes
    case CZlibTruncated:
      throw FileError(reason: "is truncated: its gzip stream stops before its end")
    case CZlibTrailing:
      throw FileError(reason: "has trailing bytes after its gzip stream")
    case CZlibNoMemory: throw FileError(reason: "could not be read: no memory is left")
    default:
      throw FileError(
        reason: "is corrupt: its gzip stream does not decompress or fails its checksum")
    }
  }
}
