internal import CKernels
internal import Requirements
internal import Synchronization

/// Memory that tensors have given back, kept for the next ones.
///
/// Training makes tensors of the same sizes step after step. Fresh memory from the system costs a
/// page fault for every 4 kB at its first use, which would take longer than many a layer.
///
/// Each thread of the pool has a shelf of its own: what it used as scratch lies in the cache of its
/// core, and comes back to it. All other threads share one.
@safe
final class BufferPool: @unchecked Sendable {
  static let shared = BufferPool()

  /// What is kept at most on the shared shelf and on a worker's, in bytes; more goes back to the
  /// system.
  private static let limit = 96 << 20, workersLimit = 16 << 20

  /// Shelves; workers with higher numbers share some.
  private static let shelfCount = 64

  /// Sizes are rounded up to a power of two or 1.25, 1.5 or 1.75 of it, from 256 bytes on.
  private static let smallest = 256

  @unsafe private struct State: @unchecked Sendable {
    /// For each size class the last one given back; in its first bytes stands the one before it.
    let free: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    var bytes = 0

    init() {
      unsafe free = .allocate(capacity: 256)
      unsafe free.initialize(repeating: nil, count: 256)
    }
  }

  /// A shelf on cache lines of its own.
  @unsafe private struct Shelf: ~Copyable {
    let state = unsafe Mutex(State())
    let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
  }

  private let shelves: UnsafeMutablePointer<Shelf>

  private init() {
    unsafe shelves = .allocate(capacity: Self.shelfCount)
    for index in 0..<Self.shelfCount { unsafe (shelves + index).initialize(to: Shelf()) }
  }

  /// The place of this thread's shelf.
  private var mine: Int { Int(ck_thread_number()) % Self.shelfCount }

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
    let kept: UnsafeMutableRawPointer? = unsafe shelves[mine].state.withLock { state in
      guard let pointer = unsafe state.free[index] else { return nil }
      unsafe state.free[index] = unsafe pointer.load(as: UnsafeMutableRawPointer?.self)
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
    let shelf = mine
    let limit = shelf == 0 ? Self.limit : Self.workersLimit
    let kept = unsafe shelves[shelf].state.withLock { state in
      if unsafe state.bytes + size > limit { return false }
      unsafe pointer.storeBytes(of: state.free[index], as: UnsafeMutableRawPointer?.self)
      unsafe state.free[index] = unsafe pointer
      unsafe state.bytes += size
      return true
    }
    if !kept { unsafe ck_free(pointer) }
  }
}
