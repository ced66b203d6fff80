/// The memory behind a tensor: floats on a cache line's boundary, freed with the last owner.
///
/// `@unchecked Sendable`: a tensor writes to its storage only while it is the only owner (copy on
/// write), so shared storage is never written.
@safe
final class TensorStorage: @unchecked Sendable {
  /// The first element; 64-byte aligned, the width of a vector of 16 floats.
  let base: UnsafeMutablePointer<Float>

  /// How many floats there is room for.
  let count: Int

  /// Reserves room for `count` floats, of unspecified value.
  init(uninitialized count: Int) {
    self.count = count
    // SAFETY: freed once, in `deinit`; never used beyond `count`.
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    unsafe base = raw.bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    unsafe UnsafeMutableRawPointer(base).deallocate()
  }
}
