internal import CKernels
internal import KernelInterface
internal import Requirements
internal import Synchronization
internal import SystemCalls

/// How the numeric operations run: with which instructions and on how many threads. Neither changes
/// a single bit of any result.
public enum Compute {
  /// The number of processors that this process may use.
  public static let processorCount = Int(ck_processor_count())

  /// The most threads that can be asked for.
  public static let mostThreads = 1024

  /// The number of threads that an operation may use, this one included; at first as many as there
  /// are processors.
  public static var threadCount: Int {
    get { threadLimit.load(ordering: .relaxed) }
    set {
      require(
        1...mostThreads ~= newValue,
        "operations need 1 to \(mostThreads) threads, but \(newValue) were asked for")
      threadLimit.store(newValue, ordering: .relaxed)
    }
  }

  /// The instruction set that the kernels use: what `LABKIT_ISA` names, else the newest that this
  /// machine runs. Setting it is for tests and benchmarks; traps where the machine does not run it.
  ///
  /// Ends the process with a sentence and status 2 where `LABKIT_ISA` cannot be followed;
  /// ``checkEnvironment()`` throws the same sentence before any work is done.
  public static var instructionSet: InstructionSet {
    get { inUse.instructionSet }
    set {
      guard let index = KernelsInUse.all.firstIndex(where: { $0.instructionSet == newValue }) else {
        requirementFailed("this machine does not run the instruction set \(newValue)")
      }
      indexInUse.store(index, ordering: .relaxed)
    }
  }

  /// The kernels of the instruction set in use.
  static var kernels: KernelTable { unsafe inUse.table }

  private static var inUse: KernelsInUse {
    KernelsInUse.all[indexInUse.load(ordering: .relaxed)]
  }

  /// Calls `body` once for every part in 0 ..< parts, on several threads where they are idle, and
  /// returns when all calls have.
  ///
  /// Calls may run at the same time and in any order: they must write to different places, and no
  /// result may depend on the order. A call within a call runs on its own thread alone.
  ///
  /// - Parameters:
  ///   - parts: How many parts there are.
  ///   - body: Does one part.
  public static func concurrently(parts: Int, _ body: (_ part: Int) -> Void) {
    ThreadPool.shared.run(parts: parts, body)
  }

  /// Multiplies and adds in registers and nothing else, on this thread: timed from outside, that is
  /// the core's peak rate.
  ///
  /// - Parameter rounds: How long; a round is about a hundred multiply-adds on whole vectors.
  /// - Returns: How many multiply-adds it was, each lane counted.
  public static func spinMultiplyAdds(rounds: Int) -> Int {
    // A round is fewer than 2²⁰ multiply-adds, and their number is counted.
    require(0...1 << 40 ~= rounds, "multiplying takes 0 to 2⁴⁰ rounds, not \(rounds)")
    // From memory, so that nothing can be computed before it runs.
    let numbers = TensorStorage(uninitialized: 2)
    unsafe numbers.base[0] = 0.5
    unsafe numbers.base[1] = 0.25
    return unsafe Compute.kernels.spinMultiplyAdds(rounds, numbers.base)
  }

  /// Whether `LABKIT_ISA` can be followed; for programs that want to say so themselves.
  public static func checkEnvironment() throws(InstructionSetError) {
    _ = try InstructionSet.chosen(by: Environment.value(of: "LABKIT_ISA"))
  }
}

private let threadLimit = Atomic<Int>(Compute.processorCount)

/// An instruction set that this machine runs, with its kernels.
@safe private final class KernelsInUse: Sendable {
  static let all = InstructionSet.allCases.compactMap { set in
    unsafe set.kernels.map { unsafe KernelsInUse(set, $0) }
  }

  let instructionSet: InstructionSet
  let table: KernelTable

  init(_ instructionSet: InstructionSet, _ table: KernelTable) {
    self.instructionSet = instructionSet
    unsafe self.table = table
  }
}

/// Which of `KernelsInUse.all`.
private let indexInUse: Atomic<Int> = {
  do throws(InstructionSetError) {
    let chosen = try InstructionSet.chosen(by: Environment.value(of: "LABKIT_ISA"))
    return Atomic(KernelsInUse.all.firstIndex { $0.instructionSet == chosen } ?? 0)
  } catch {
    // The world's mistake, not the programmer's: a sentence and no crash report.
    warn(error.description)
    exit(2)
  }
}()
