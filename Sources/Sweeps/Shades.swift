/// The colours of values: a placing and the bytes of a colour map.
package struct Shades: Sendable {
  private let placing: Placing
  private let table: [UInt8]
  private let isStepped: Bool

  /// - Parameters:
  ///   - placing: From values to the length of the map.
  ///   - table: The map's colours from its beginning to its end, four bytes each.
  ///   - isStepped: Whether each colour fills an equal part of the map; else they stand at equal distances, the
  ///     first and the last at its ends.
  package init(_ placing: Placing, table: [UInt8], isStepped: Bool) {
    self.placing = placing
    self.table = table
    self.isStepped = isStepped
  }

  /// Four bytes for each value; what has no colour is transparent.
  package func pixels(of values: [Double]) -> [UInt8] {
    let count = table.count / 4
    var pixels = [UInt8](repeating: 0, count: values.count * 4)
    for index in values.indices {
      let share = placing.colorShare(values[index])
      guard !share.isNaN else { continue }
      let inside = min(max(share, 0), 1)
      let entry =
        isStepped
        ? min(Int(inside * Double(count)), count - 1) : Int(inside * Double(count - 1) + 0.5)
      for part in 0..<4 { pixels[4 * index + part] = table[4 * entry + part] }
    }
    return pixels
  }

  /// Whether every value has a colour.
  package static func cover(_ values: [Double], _ placing: Placing) -> Bool {
    values.allSatisfy { !placing.colorShare($0).isNaN }
  }
}
