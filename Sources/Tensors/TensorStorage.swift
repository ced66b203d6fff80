internal import KernelInterface

/// The memory behind a tensor: floats on a cache line's boundary, given back with the last owner.
///
/// Always whole vectors of 16 floats, so that elementwise operations need no remainder; what lies
/// beyond the last element is unspecified.
///
/// `@unchecked Sendable`: a tensor writes to its storage only while it is the only owner (copy on
/// write), so shared storage is never written.
@safe
final class TensorStorage: @unchecked Sendable {
  /// The first element; 64-byte aligned, the width of a vector of 16 floats.
  let base: UnsafeMutablePointer<Float>

  /// How many vectors of 16 floats there is room for.
  let vectors: Int

  /// Reserves room for `count` floats, of unspecified value.
  init(uninitialized count: Int) {
    vectors = (count + 15) / 16
    unsafe base = BufferPool.shared.take(vectors * 64).bindMemory(
      to: Float.self, capacity: vectors * 16)
  }

  deinit {
    unsafe BufferPool.shared.give(UnsafeMutableRawPointer(base), vectors * 64)
  }

  /// The same memory as vectors.
  var lanes: UnsafeMutablePointer<Lanes> {
    // SAFETY: aligned for vectors and always whole ones; both types are plain floats.
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Lanes.self)
  }
}
