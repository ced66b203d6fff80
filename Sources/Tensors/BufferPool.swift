internal import CKernels
internal import Requirements
internal import Synchronization

/// Memory that tensors have given back, kept for the next ones.
///
/// Training makes tensors of the same sizes step after step. Fresh memory from the system costs a
/// page fault for every 4 kB at its first use, which would take longer than many a layer.
@safe
final class BufferPool: @unchecked Sendable {
  static let shared = BufferPool()

  /// What is kept at most, in bytes; more goes back to the system.
  private static let limit = 96 << 20

  /// Sizes are rounded up to a power of two or 1.25, 1.5 or 1.75 of it, from 256 bytes on.
  private static let smallest = 256

  @unsafe private struct State: @unchecked Sendable {
    var free = unsafe [[UnsafeMutableRawPointer]](repeating: [], count: 160)
    var bytes = 0
  }

  private let state = unsafe Mutex(State())

  /// The size class of a request and its bytes.
  static func sizeClass(_ bytes: Int) -> (index: Int, bytes: Int) {
    if bytes <= smallest { return (0, smallest) }
    let exponent = Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount  // 2^exponent < bytes
    let quarter = 1 << (exponent - 2)
    let quarters = (bytes - (1 << exponent) + quarter - 1) / quarter  // 1 ... 4
    return ((exponent - 8) * 4 + quarters, (1 << exponent) + quarters * quarter)
  }

  /// Memory for at least so many bytes, on a cache line's boundary, of unspecified content.
  func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let (index, size) = Self.sizeClass(bytes)
    let kept: UnsafeMutableRawPointer? = unsafe state.withLock { state in
      guard let pointer = unsafe state.free[index].popLast() else { return nil }
      unsafe state.bytes -= size
      return unsafe pointer
    }
    if let kept = unsafe kept { return unsafe kept }
    guard let fresh = unsafe ck_allocate(size) else {
      fatalError("There is no memory for a tensor of \(bytes) bytes.")
    }
    return unsafe fresh
  }

  /// Takes memory back that was asked for with the same number of bytes.
  func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    let (index, size) = Self.sizeClass(bytes)
    let kept = unsafe state.withLock { state in
      if unsafe state.bytes + size > Self.limit { return false }
      unsafe state.free[index].append(pointer)
      unsafe state.bytes += size
      return true
    }
    if !kept { unsafe ck_free(pointer) }
  }
}
