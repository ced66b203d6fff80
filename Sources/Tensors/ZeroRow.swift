internal import KernelInterface

/// A row of zeros for kernels to read in the place of rows outside of an image.
enum ZeroRow {
  /// Vectors that are always there.
  private static let vectors = 256

  /// Memory of tensors, aligned for vectors; nobody counts references to it.
  private nonisolated(unsafe) static let row = unsafe UnsafePointer(zeros(vectors))

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Lanes> {
    let memory = unsafe BufferPool.shared.take(count * 64)
    let row = unsafe memory.bindMemory(to: Lanes.self, capacity: count)
    unsafe row.initialize(repeating: Lanes(repeating: 0), count: count)
    return unsafe row
  }

  /// Calls `body` with so many vectors of zeros.
  static func withZeros(_ count: Int, _ body: (UnsafePointer<Lanes>) -> Void) {
    if count <= vectors { return unsafe body(row) }
    let row = unsafe zeros(count)
    unsafe body(UnsafePointer(row))
    unsafe BufferPool.shared.give(UnsafeMutableRawPointer(row), count * 64)
  }
}
