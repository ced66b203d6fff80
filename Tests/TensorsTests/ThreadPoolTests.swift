import Testing

@testable import Tensors

/// The thread pool under stress: every part once, whoever asks, however often.
@Suite(.serialized) struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8])
  func `Every part runs once`(_ threads: Int) {
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    Compute.threadCount = threads
    for round in 0..<2_000 {
      let parts = round % 37
      let counts = Counters(parts)
      ThreadPool.shared.run(parts: parts) { counts.add($0) }
      #expect(counts.values == [Int](repeating: 1, count: parts))
    }
  }

  /// Runs of different lengths, empty ones and fewer than threads.
  @Test(arguments: [[0, 3, 3, 10], [0, 11, 11, 11], [0, 0, 0, 0], [0, 5]])
  func `Every part of unequal runs runs once`(_ starts: [Int]) {
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    for threads in 1...5 {
      Compute.threadCount = threads
      for _ in 0..<200 {
        let counts = Counters(11)
        ThreadPool.shared.run(parts: 11, starts: starts) { counts.add($0) }
        #expect(counts.values == [Int](repeating: 1, count: 11))
      }
    }
  }

  @Test func `Calls from within a part run too`() {
    let counts = Counters(16 * 8)
    ThreadPool.shared.run(parts: 16) { outer in
      ThreadPool.shared.run(parts: 8) { inner in counts.add(outer * 8 + inner) }
    }
    #expect(counts.values == [Int](repeating: 1, count: 16 * 8))
  }

  @Test func `Several threads may lead at once`() async {
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<300 {
            let counts = Counters(11)
            ThreadPool.shared.run(parts: 11) { counts.add($0) }
            if counts.values != [Int](repeating: 1, count: 11) { return false }
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func `Workers park and wake up again`() async throws {
    for _ in 0..<5 {
      let counts = Counters(64)
      ThreadPool.shared.run(parts: 64) { counts.add($0) }
      #expect(counts.values == [Int](repeating: 1, count: 64))
      // Long enough for every worker to give up looking out.
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}

/// One counter per part; parts write to different ones.
@safe private final class Counters: @unchecked Sendable {
  private let cells: UnsafeMutableBufferPointer<Int>

  init(_ count: Int) {
    unsafe cells = .allocate(capacity: count)
    unsafe cells.initialize(repeating: 0)
  }

  deinit { unsafe cells.deallocate() }

  func add(_ part: Int) { unsafe cells[part] += 1 }

  var values: [Int] { unsafe Array(cells) }
}
