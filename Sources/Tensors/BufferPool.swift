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
///
/// A full shelf makes room by giving up what nobody has taken for long. Only that: where a step works
/// with more memory than a shelf holds, giving up what lies there longest would give up what is taken
/// next.
@safe
final class BufferPool: @unchecked Sendable {
  static let shared = BufferPool()

  /// What is kept at most on the shared shelf and on a worker's, in bytes; more goes back to the
  /// system.
  private let limit: Int, workersLimit: Int

  /// After how many times its limit has been given to a shelf, memory that still lies there is stale.
  private static let patience = 4

  /// Shelves; workers with higher numbers share some.
  private static let shelfCount = 64

  /// Sizes are rounded up to a power of two or 1.25, 1.5 or 1.75 of it, from 256 bytes on.
  private static let smallest = 256

  /// Memory on a shelf, and how many bytes had been given to that before.
  @unsafe private struct Kept {
    let pointer: UnsafeMutableRawPointer
    let time: Int
  }

  @unsafe private struct State: @unchecked Sendable {
    /// By size class; what was given last is taken first.
    var free: [[Kept]] = unsafe [[Kept]](repeating: [], count: 256)
    var bytes = 0
    /// Bytes given so far: the clock by which memory grows old.
    var time = 0

    /// Gives the system what has lain here longest and is stale until there is room for `size` bytes
    /// more, if that much is stale; returns whether there is.
    mutating func makesRoom(for size: Int, limit: Int) -> Bool {
      while unsafe bytes + size > limit {
        var oldest: (index: Int, time: Int)?
        for index in unsafe free.indices {
          // The oldest of a class was given first.
          guard let time = unsafe free[index].first?.time else { continue }
          if oldest.map({ time < $0.time }) ?? true { oldest = (index, time) }
        }
        guard let oldest, unsafe time - oldest.time > BufferPool.patience * limit else {
          return false
        }
        unsafe ck_free(free[oldest.index].removeFirst().pointer)
        unsafe bytes -= BufferPool.bytes(ofClass: oldest.index)
      }
      return true
    }
  }

  /// A shelf on cache lines of its own.
  @unsafe private struct Shelf: ~Copyable {
    let state = unsafe Mutex(State())
    let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
  }

  private let shelves: UnsafeMutablePointer<Shelf>

  init(limit: Int = 96 << 20, workersLimit: Int = 16 << 20) {
    (self.limit, self.workersLimit) = (limit, workersLimit)
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

  /// The bytes of a size class.
  static func bytes(ofClass index: Int) -> Int {
    if index == 0 { return smallest }
    let (doublings, quarters) = (index - 1).quotientAndRemainder(dividingBy: 4)
    return (smallest << doublings) + (quarters + 1) * (smallest << doublings) / 4
  }

  /// Memory for at least so many bytes, on a cache line's boundary, of unspecified content.
  func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let (index, size) = Self.sizeClass(bytes)
    let kept: UnsafeMutableRawPointer? = unsafe shelves[mine].state.withLock { state in
      guard let kept = unsafe state.free[index].popLast() else { return nil }
      unsafe state.bytes -= size
      return unsafe kept.pointer
    }
    if let kept = unsafe kept { return unsafe kept }
    guard let fresh = unsafe ck_allocate(size) else {
      fatalError("There is no memory for a tensor of \(bytes) bytes.")
    }
    return unsafe fresh
  }

  /// How many pieces of memory for so many bytes lie ready for this thread.
  func readyCount(_ bytes: Int) -> Int {
    let index = Self.sizeClass(bytes).index
    return unsafe shelves[mine].state.withLock { unsafe $0.free[index].count }
  }

  /// Takes memory back that was asked for with the same number of bytes.
  func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    let (index, size) = Self.sizeClass(bytes)
    let shelf = mine
    let limit = shelf == 0 ? self.limit : workersLimit
    let kept = unsafe shelves[shelf].state.withLock { state in
      unsafe state.time += size
      guard unsafe state.makesRoom(for: size, limit: limit) else { return false }
      unsafe state.free[index].append(Kept(pointer: pointer, time: state.time))
      unsafe state.bytes += size
      return true
    }
    if !kept { unsafe ck_free(pointer) }
  }
}
