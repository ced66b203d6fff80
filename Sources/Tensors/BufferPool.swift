internal import CKernels
internal import Requirements
internal import Synchronization

/// Memory that tensors have given back, kept for the next ones.
///
/// Training makes tensors of the same sizes step after step. Fresh memory from the system costs a
/// page fault for every 4 kB at its first use, which would take longer than many a layer.
///
/// Each thread has a shelf of its own (``ThreadShelf``): what it used as scratch lies in the cache of its
/// core, and comes back to it.
///
/// A structure around a pointer and no class, as each tensor would count the references to it, in a cache
/// line that all threads want.
@safe
struct BufferPool: @unchecked Sendable {
  static let shared = BufferPool()

  /// What is kept at most on the first thread's shelf and on another one, in bytes; more goes back to the
  /// system.
  private static let limit = 96 << 20, othersLimit = 16 << 20

  /// Sizes are rounded up to a power of two, or that and some eighths of it, from 256 bytes on.
  private static let smallest = 256

  /// Up to 2⁵⁶ bytes.
  private static let sizeClassCount = 48 * 8 + 1

  /// So many requests a size must not have been asked for until its memory makes room for other sizes: more
  /// than a training step has.
  private static let patience = 3000

  /// Memory and its size.
  @unsafe private struct Memory {
    let pointer: UnsafeMutableRawPointer
    let bytes: Int
  }

  /// What lies on a shelf.
  @unsafe private struct State: @unchecked Sendable {
    /// For each size class the memory that was given back last; in its first bytes stands what was given
    /// before it.
    private let last: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// When each size class was asked for last.
    private let asked: UnsafeMutablePointer<Int>
    /// All of it, in bytes.
    var bytes = 0
    /// Counts requests.
    private var clock = 0

    init() {
      unsafe last = .allocate(capacity: sizeClassCount)
      unsafe last.initialize(repeating: nil, count: sizeClassCount)
      unsafe asked = .allocate(capacity: sizeClassCount)
      unsafe asked.initialize(repeating: 0, count: sizeClassCount)
    }

    /// Notes that a size class is asked for.
    @unsafe mutating func ask(for index: Int) {
      unsafe clock += 1
      unsafe asked[index] = clock
    }

    /// Takes memory of a size class off the shelf, if there is any.
    @unsafe mutating func pop(_ index: Int, bytes size: Int) -> UnsafeMutableRawPointer? {
      guard let pointer = unsafe last[index] else { return nil }
      unsafe last[index] = unsafe pointer.load(as: UnsafeMutableRawPointer?.self)
      unsafe bytes -= size
      return unsafe pointer
    }

    /// Puts memory of a size class on the shelf.
    @unsafe mutating func push(_ pointer: UnsafeMutableRawPointer, _ index: Int, bytes size: Int) {
      unsafe pointer.storeBytes(of: last[index], as: UnsafeMutableRawPointer?.self)
      unsafe last[index] = unsafe pointer
      unsafe bytes += size
    }

    /// Takes memory of sizes that nobody has asked for in a long time off the shelf, the largest first:
    /// about `wanted` bytes. A program that goes on to other sizes does not keep those of before.
    @unsafe mutating func removeOld(_ wanted: Int) -> [Memory] {
      var old: [Memory] = unsafe []
      var left = wanted
      for index in (0..<sizeClassCount).reversed()
      where unsafe left > 0 && clock - asked[index] > BufferPool.patience {
        let size = BufferPool.bytes(ofClass: index)
        while left > 0, let pointer = unsafe pop(index, bytes: size) {
          left -= size
          unsafe old.append(Memory(pointer: pointer, bytes: size))
        }
      }
      return unsafe old
    }
  }

  /// A shelf on cache lines of its own.
  @unsafe private struct Shelf: ~Copyable {
    let state = unsafe Mutex(State())
    let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
  }

  private let shelves: UnsafeMutablePointer<Shelf>

  init() {
    unsafe shelves = .allocate(capacity: ThreadShelf.count)
    for index in 0..<ThreadShelf.count { unsafe (shelves + index).initialize(to: Shelf()) }
  }

  /// The size class of a request and its bytes.
  static func sizeClass(_ bytes: Int) -> (index: Int, bytes: Int) {
    if bytes <= smallest { return (0, smallest) }
    let exponent = Int.bitWidth - 1 - (bytes - 1).leadingZeroBitCount  // 2^exponent < bytes
    let eighth = 1 << (exponent - 3)
    let eighths = (bytes - (1 << exponent) + eighth - 1) / eighth  // 1 ... 8
    return ((exponent - 8) * 8 + eighths, (1 << exponent) + eighths * eighth)
  }

  /// The bytes of a size class.
  static func bytes(ofClass index: Int) -> Int {
    if index == 0 { return smallest }
    let (exponent, eighths) = (8 + (index - 1) / 8, (index - 1) % 8 + 1)
    return (1 << exponent) + eighths * (1 << (exponent - 3))
  }

  /// What lies on this thread's shelf, in bytes.
  var keptBytes: Int { unsafe shelves[ThreadShelf.mine].state.withLock { unsafe $0.bytes } }

  /// Memory for at least so many bytes, on a cache line's boundary, of unspecified content.
  func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let (index, size) = Self.sizeClass(bytes)
    var old: [Memory] = unsafe []
    let kept: UnsafeMutableRawPointer? = unsafe shelves[ThreadShelf.mine].state.withLock { state in
      unsafe state.ask(for: index)
      if let pointer = unsafe state.pop(index, bytes: size) { return unsafe pointer }
      unsafe old = state.removeOld(size)
      return nil
    }
    if let kept = unsafe kept { return unsafe kept }
    unsafe old.forEach { unsafe ck_free($0.pointer, $0.bytes) }
    guard let fresh = unsafe ck_allocate(size) else {
      fatalError("There is no memory for a tensor of \(bytes) bytes.")
    }
    return unsafe fresh
  }

  /// Takes memory back that was asked for with the same number of bytes.
  func give(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    let (index, size) = Self.sizeClass(bytes)
    let shelf = ThreadShelf.mine
    let limit = shelf == ThreadShelf.first ? Self.limit : Self.othersLimit
    let kept = unsafe shelves[shelf].state.withLock { state in
      if unsafe state.bytes + size > limit { return false }
      unsafe state.push(pointer, index, bytes: size)
      return true
    }
    if !kept { unsafe ck_free(pointer, size) }
  }
}
