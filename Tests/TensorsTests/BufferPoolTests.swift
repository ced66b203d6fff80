import Foundation
import Testing

@testable import Tensors

@Suite struct BufferPoolTests {
  @Test func `A size class knows its bytes`() {
    for bytes in [1, 255, 256, 257, 320, 321, 1000, 4096, 4097, 1 << 20, 3 << 20, 31_360_000] {
      let (index, size) = BufferPool.sizeClass(bytes)
      #expect(BufferPool.bytes(ofClass: index) == size)
      #expect(size >= bytes && (index == 0 || BufferPool.bytes(ofClass: index - 1) < bytes))
    }
  }

  @Test func `Sizes that nobody asks for any more make room for others`() {
    let pool = BufferPool()
    func use(_ bytes: Int, times: Int = 1) {
      for _ in 0..<times { unsafe pool.give(pool.take(bytes), bytes) }
    }
    use(4 << 20)
    use(1 << 20)
    #expect(pool.keptBytes == 5 << 20)
    // In use, they stay: a step of a training asks for each of them again.
    for _ in 0..<5 {
      use(1000, times: 2000)
      use(4 << 20)
      use(1 << 20)
    }
    use(1000, times: 2000)
    use(2 << 20)
    #expect(pool.keptBytes == 7 << 20 + 1 << 10)
    // Forgotten, the largest goes when something else is asked for.
    use(1000, times: 20_000)
    #expect(pool.keptBytes == 7 << 20 + 1 << 10)
    use(3 << 20)
    #expect(pool.keptBytes == 6 << 20 + 1 << 10)
  }

  @Test func `Large memory begins with a large page and is given back as a whole`() {
    // Larger than what is kept, so that it goes back to the system.
    let pool = BufferPool()
    for size in [97 << 20, (128 << 20) + 1] {
      for _ in 0..<20 {
        let memory = unsafe pool.take(size)
        #expect(UInt(bitPattern: memory) % (2 << 20) == 0)
        unsafe memory.storeBytes(of: 1, as: UInt8.self)
        unsafe (memory + (size - 1)).storeBytes(of: 2, as: UInt8.self)
        unsafe pool.give(memory, size)
        #expect(pool.keptBytes == 0)
      }
    }
    for size in [2 << 20, (2 << 20) + 1, 5_000_000, 13_000_001] {
      #expect(UInt(bitPattern: unsafe pool.take(size)) % (2 << 20) == 0)
    }
  }
}
