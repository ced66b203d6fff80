internal import CKernels

/// The places of what each thread keeps for itself, so that threads neither wait for each other nor take
/// turns with cache lines.
///
/// Each thread of the pool has a place of its own. So has the first of all other threads; later ones, which
/// may train networks side by side, take a few places in turn, since those who share one wait for each other.
enum ThreadShelf {
  /// The first thread's place and those of workers; ones with higher numbers share some.
  private static let workersCount = 60

  /// The places of threads that are none of the pool's, but for the first.
  private static let guestsCount = 4

  static let count = workersCount + guestsCount

  /// The place of the first of all threads.
  static let first = 0

  /// The place of this thread.
  static var mine: Int {
    let worker = Int(ck_thread_number())
    if worker > 0 { return worker % workersCount }
    let order = Int(ck_thread_order())
    return order == 0 ? first : workersCount + order % guestsCount
  }
}
