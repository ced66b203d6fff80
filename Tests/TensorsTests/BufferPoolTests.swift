import Testing

@testable import Tensors

@Suite struct BufferPoolTests {
  @safe private struct Taken {
    let pointer: UnsafeMutableRawPointer
    let size: Int
  }

  /// Takes some pieces of memory and gives them back, so many times.
  private func cycle(_ pool: BufferPool, _ sizes: [Int], times: Int) {
    for _ in 0..<times {
      let taken = sizes.map { unsafe Taken(pointer: pool.take($0), size: $0) }
      for taken in taken.reversed() { unsafe pool.give(taken.pointer, taken.size) }
    }
  }

  @Test func `Memory that nobody takes any more makes room for what is in use`() {
    let pool = BufferPool(limit: 1 << 20)
    cycle(pool, [768 << 10], times: 1)
    cycle(pool, [384 << 10, 320 << 10], times: 2)
    // No room for both yet, and what lies there may be taken again.
    #expect(pool.readyCount(768 << 10) == 1)
    cycle(pool, [384 << 10, 320 << 10], times: 8)
    #expect(pool.readyCount(768 << 10) == 0)
    #expect(pool.readyCount(384 << 10) == 1)
    #expect(pool.readyCount(320 << 10) == 1)
  }

  @Test func `A step with more memory than is kept does not give up what it takes next`() {
    let pool = BufferPool(limit: 1 << 20)
    let sizes = [512 << 10, 384 << 10, 320 << 10, 256 << 10]
    cycle(pool, sizes, times: 1)
    let ready = sizes.map(pool.readyCount)
    #expect(ready == [0, 1, 1, 1])
    cycle(pool, sizes, times: 20)
    #expect(sizes.map(pool.readyCount) == ready)
  }

  @Test func `Size classes know their bytes`() {
    var sizes = [1, 256, 257]
    for bytes in stride(from: 300, to: 5_000_000, by: 997) { sizes.append(bytes) }
    for bytes in sizes {
      let (index, size) = BufferPool.sizeClass(bytes)
      #expect(BufferPool.bytes(ofClass: index) == size)
      #expect(size >= bytes && (bytes <= 256 || size < bytes + bytes / 4 + 64))
    }
  }
}
