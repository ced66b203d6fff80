/// The filters of PNG (its section 9): what of a row is written, the differences to what its neighbours
/// let expect.
enum RowFilter: UInt8, CaseIterable {
  case none, sub, up, average, paeth

  /// Writes a row's differences.
  ///
  /// - Parameters:
  ///   - row: `count` bytes.
  ///   - above: As many of the row above it; zeros for the first.
  ///   - step: The bytes of a pixel, 1 where several share a byte.
  ///   - target: Room for `count` bytes.
  @inline(never)
  func apply(
    _ row: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ count: Int, _ step: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    switch self {
    case .none:
      unsafe target.update(from: row, count: count)
    case .up:
      for i in 0..<count { unsafe target[i] = row[i] &- above[i] }
    case .sub:
      for i in 0..<min(step, count) { unsafe target[i] = row[i] }
      for i in min(step, count)..<count { unsafe target[i] = row[i] &- row[i - step] }
    case .average:
      for i in 0..<min(step, count) { unsafe target[i] = row[i] &- above[i] >> 1 }
      for i in min(step, count)..<count {
        let (left, up) = unsafe (row[i - step], above[i])
        // Half the sum of both, without its ninth bit.
        unsafe target[i] = row[i] &- ((left & up) &+ (left ^ up) >> 1)
      }
    case .paeth:
      for i in 0..<min(step, count) { unsafe target[i] = row[i] &- above[i] }
      for i in min(step, count)..<count {
        let (a, b, c) = unsafe (
          Int16(row[i - step]), Int16(above[i]), Int16(above[i - step])
        )
        let (toA, toB) = (abs(b - c), abs(a - c))
        let toC = abs(a + b - 2 * c)
        let expected = toA <= toB && toA <= toC ? a : toB <= toC ? b : c
        unsafe target[i] = row[i] &- UInt8(truncatingIfNeeded: expected)
      }
    }
  }
}
