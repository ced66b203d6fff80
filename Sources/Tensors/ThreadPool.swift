internal import CKernels
internal import Synchronization

/// Threads that share out the parts of an operation.
///
/// One thread at a time leads: it publishes a job, works on it itself, and lets workers join. Each
/// thread has a run of parts of its own, the same ones in every job, so that what it wrote in one
/// layer is in its cache for the next; who is done takes from the others' runs. Parts are claimed
/// one by one. The leader closes the job when no part is left and waits
/// only for workers that are still at a part; one that has not been scheduled yet is not waited
/// for, so that a busy machine costs speed and nothing else.
///
/// An idle worker looks out for the next job for some tens of microseconds, as the layers of a
/// network follow each other at once, and then parks.
///
/// A worker helps only where it has a processor to itself. Woken on the leader's, where the two
/// would take turns, it moves to another; where another program keeps it from running there, the
/// leader would wait for it: it steps aside, longer each time.
@safe
final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  /// Counts jobs; a change is what idle workers look out for.
  private let generation = Atomic<Int>(0)
  /// How many workers are at the current job, and whether it is closed to newcomers.
  private let gate = Atomic<Int>(ThreadPool.closed)
  /// For each thread's run of parts, the next one that nobody has claimed.
  private let next: UnsafeMutablePointer<Claims>
  /// Workers that have begun to serve.
  private let served = Atomic<Int>(0)
  /// Workers that are parked or about to.
  private let asleep = Atomic<Int>(0)
  /// The processor that the leader was last seen on.
  private let leaderProcessor = Atomic<Int>(-1)
  /// Whether somebody leads a job.
  private let led = Atomic<Bool>(false)

  // The current job: written by the leader while the gate is closed and empty, read by workers
  // between entering and leaving the gate.
  private var runs = 1
  private var body: UnsafePointer<(Int) -> Void>?

  /// Started workers; only the leader touches it.
  private var workers = 0
  private let parking: OpaquePointer

  private static let closed = 1 << 32

  /// Runs of parts at most; more threads than that share some.
  private static let mostRuns = 64

  /// How often an idle worker looks for a job before it parks.
  private static let patience = 4000

  /// How long a worker steps aside at first and at most, in microseconds.
  private static let shortestPause: Int32 = 500, longestPause: Int32 = 64_000

  /// How long a worker may wait for a processor before it steps aside, in microseconds: what the
  /// system does now and then takes less, another program takes a time slice.
  private static let tolerance = 800

  private init() {
    unsafe parking = ck_parking_create()
    unsafe next = .allocate(capacity: Self.mostRuns)
    for run in 0..<Self.mostRuns { unsafe (next + run).initialize(to: Claims()) }
  }

  /// A counter on a cache line of its own, so that threads do not wait for each other's.
  @safe private struct Claims: ~Copyable {
    let next = Atomic<Int>(0)
    /// Where the run ends; written while the gate is closed.
    var end = 0
    let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
  }

  /// Calls `body` once for every part in 0 ..< parts, on several threads where they are idle, and
  /// returns when all calls have.
  ///
  /// Calls for different parts may run at the same time and in any order: they must write to
  /// different places, and no result may depend on the order. A call from within a part, or while
  /// another thread leads, runs on the calling thread alone.
  ///
  /// - Parameters:
  ///   - parts: How many parts there are.
  ///   - starts: For each thread the first part of its run, in rising order; without it, all runs
  ///     are of the same length.
  ///   - body: Does one part.
  func run(parts: Int, starts: [Int]? = nil, _ body: (Int) -> Void) {
    let wanted = min(Compute.threadCount, parts)
    if wanted <= 1 || led.exchange(true, ordering: .acquiring) {
      for part in 0..<max(parts, 0) { body(part) }
      return
    }
    defer { led.store(false, ordering: .releasing) }
    start(workers: wanted - 1)
    leaderProcessor.store(Int(ck_current_processor()), ordering: .relaxed)
    // SAFETY: the closure is used by nobody once the gate is closed and empty, which is waited for
    // below; it stays alive until then.
    withoutActuallyEscaping(body) { body in
      unsafe withUnsafePointer(to: body) { body in
        runs = min(wanted, Self.mostRuns)
        unsafe self.body = unsafe body
        for run in 0..<runs {
          let equal = (run * parts / runs, (run + 1) * parts / runs)
          let start = starts.map { run < $0.count ? $0[run] : parts } ?? equal.0
          let end = starts.map { run + 1 < $0.count && run + 1 < runs ? $0[run + 1] : parts }
          unsafe next[run].next.store(start, ordering: .relaxed)
          unsafe next[run].end = end ?? equal.1
        }
        gate.store(0, ordering: .releasing)
        generation.add(1, ordering: .sequentiallyConsistent)
        if asleep.load(ordering: .sequentiallyConsistent) > 0 { unsafe ck_parking_wake(parking) }
        unsafe work(runs, from: 0, body)
        gate.bitwiseOr(Self.closed, ordering: .acquiringAndReleasing)
        var looks = 0
        while gate.load(ordering: .acquiring) != Self.closed {
          looks += 1
          // A worker may have been put aside in the middle of a part: let it have this processor.
          if looks > 2000 { ck_yield() } else { ck_pause() }
        }
        unsafe self.body = nil
      }
    }
  }

  /// Claims parts and works on them until none is left, those of one run first.
  ///
  /// Never inlined: a worker's reference to the closure must be gone before it leaves the gate.
  @inline(never)
  private func work(
    _ runs: Int, from first: Int, _ body: UnsafePointer<(Int) -> Void>
  ) {
    for turn in 0..<runs {
      let run = (first + turn) % runs
      let end = unsafe next[run].end
      while true {
        let part = unsafe next[run].next.add(1, ordering: .relaxed).oldValue
        if part >= end { break }
        unsafe body.pointee(part)
      }
    }
  }

  /// Makes sure that there are so many workers; fewer where the system gives no more threads.
  private func start(workers wanted: Int) {
    while workers < wanted {
      let me = unsafe Unmanaged.passUnretained(self).toOpaque()
      let started = unsafe ck_start_thread(
        { context in
          guard let context = unsafe context else { return }
          unsafe Unmanaged<ThreadPool>.fromOpaque(context).takeUnretainedValue().serve()
        }, me)
      if started == 0 { return }
      workers += 1
    }
  }

  /// A worker's life: wait for a job, join it if there is room, work.
  private func serve() -> Never {
    let number = served.add(1, ordering: .relaxed).newValue
    ck_set_thread_number(Int32(truncatingIfNeeded: number))
    var seen = 0
    var pause = Self.shortestPause
    var quietJobs = 0
    var hasMoved = false
    var interruptions = ck_interruptions()
    var waited = ck_waited_microseconds()
    while true {
      seen = waitForChange(of: seen)
      if isOnLeadersProcessor {
        let leader = Int32(leaderProcessor.load(ordering: .relaxed))
        hasMoved = !hasMoved && ck_leave_processor(leader) != 0
        if !hasMoved { ck_nap(Self.shortestPause) }
        continue
      }
      hasMoved = false
      if enter() {
        if let body = unsafe body { unsafe work(runs, from: number % runs, body) }
        gate.subtract(1, ordering: .releasing)
      }
      quietJobs += 1
      if quietJobs > 500 { pause = Self.shortestPause }
      let count = ck_interruptions()
      if count == interruptions { continue }
      interruptions = count
      let total = ck_waited_microseconds()
      if total - waited > Self.tolerance {
        ck_nap(pause)
        pause = min(2 * pause, Self.longestPause)
        quietJobs = 0
        waited = ck_waited_microseconds()
      } else {
        waited = total
      }
    }
  }

  /// Whether this thread keeps the leader from running; false where processors are not known.
  private var isOnLeadersProcessor: Bool {
    let mine = Int(ck_current_processor())
    return mine >= 0 && mine == leaderProcessor.load(ordering: .relaxed)
  }

  /// Joins the current job unless it is closed or has as many workers as there may be.
  private func enter() -> Bool {
    var state = gate.load(ordering: .acquiring)
    while state < Self.closed {
      if state >= Compute.threadCount - 1 { return false }
      let (exchanged, original) = gate.weakCompareExchange(
        expected: state, desired: state + 1, ordering: .acquiring)
      if exchanged { return true }
      state = original
    }
    return false
  }

  /// Looks out for a new job for a while, then parks until there is one.
  private func waitForChange(of seen: Int) -> Int {
    for look in 0..<Self.patience {
      let now = generation.load(ordering: .acquiring)
      if now != seen { return now }
      if look % 64 == 0 && isOnLeadersProcessor { break }
      ck_pause()
    }
    var wait = unsafe Wait(pool: self, seen: seen)
    asleep.add(1, ordering: .sequentiallyConsistent)
    unsafe withUnsafeMutablePointer(to: &wait) { wait in
      unsafe ck_parking_wait(
        parking,
        { context in
          guard let wait = unsafe context?.assumingMemoryBound(to: Wait.self) else { return 0 }
          let now = unsafe wait.pointee.pool.generation.load(ordering: .sequentiallyConsistent)
          return unsafe now == wait.pointee.seen ? 1 : 0
        }, wait)
    }
    asleep.subtract(1, ordering: .relaxed)
    return generation.load(ordering: .acquiring)
  }

  /// What a parked worker waits for.
  @unsafe private struct Wait {
    unowned(unsafe) let pool: ThreadPool
    let seen: Int
  }
}
