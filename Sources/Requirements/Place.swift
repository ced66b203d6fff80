internal import SystemCalls

/// Where in a structure of numbered parts this thread is: "layer 2", or "layer 1, layer 0" in a
/// network within a network. A trap says it before its sentence.
///
/// Entering and leaving cost a few nanoseconds, so that a network can do it for each layer of each
/// step; words are only made for a trap.
public enum Place {
  /// What follows on this thread, up to ``leave()``, is the work of the part with this number.
  public static func enter(_ number: Int) {
    let path = unsafe current()
    let depth = unsafe path[0]
    unsafe path[0] = depth + 1
    if depth < deepest { unsafe path[depth + 1] = number }
  }

  /// Ends what the last ``enter(_:)`` began.
  public static func leave() {
    let path = unsafe current()
    unsafe path[0] -= 1
  }

  /// "layer 1, layer 0, ", or nothing outside of any part.
  static var prefix: String {
    let path = unsafe current()
    let depth = unsafe min(path[0], deepest)
    if depth == 0 { return "" }
    let parts = (1...depth).map { unsafe "layer \(path[$0])" }
    return parts.joined(separator: ", ") + ", "
  }

  /// Parts within parts that are remembered; deeper ones go without a name.
  private static let deepest = 15

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    unsafe pthread_key_create(&key) { memory in unsafe free(memory) }
    return key
  }()

  /// This thread's depth, followed by the numbers from the outside in.
  private static func current() -> UnsafeMutablePointer<Int> {
    if let memory = unsafe pthread_getspecific(key) {
      return unsafe memory.assumingMemoryBound(to: Int.self)
    }
    guard let memory = unsafe calloc(deepest + 1, MemoryLayout<Int>.stride) else {
      fatalError("There is no memory for a thread's place.")
    }
    unsafe pthread_setspecific(key, memory)
    return unsafe memory.bindMemory(to: Int.self, capacity: deepest + 1)
  }
}
