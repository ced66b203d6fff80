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
    unsafe [UInt8](unsafeUninitializedCapacity: 4 * values.count) { bytes, filled in
      unsafe values.withUnsafeBufferPointer {
        unsafe paint($0, UnsafeMutableRawBufferPointer(bytes), from: 0)
      }
      filled = 4 * values.count
    }
  }

  /// The same of a table with fewer rows or columns, which hold the means of its values.
  package func pixels(
    ofMeansOf values: [Double], rows: Int, columns: Int, toRows: Int, toColumns: Int
  ) -> [UInt8] {
    let placing = placing
    let covers = Self.cover(values, placing)
    return unsafe [UInt8](unsafeUninitializedCapacity: 4 * toRows * toColumns) { bytes, filled in
      let pixels = UnsafeMutableRawBufferPointer(bytes)
      unsafe Means.rows(
        of: values, rows: rows, columns: columns, toRows: toRows, toColumns: toColumns,
        isCounted: covers ? nil : { !placing.colorShare($0).isNaN }
      ) { row, means in
        unsafe paint(means, pixels, from: 4 * row * toColumns)
      }
      filled = 4 * toRows * toColumns
    }
  }

  private func paint(
    _ values: UnsafeBufferPointer<Double>, _ pixels: UnsafeMutableRawBufferPointer, from start: Int
  ) {
    let count = Double(isStepped ? table.count / 4 : table.count / 4 - 1)
    let (last, half) = (table.count / 4 - 1, isStepped ? 0 : 0.5)
    unsafe table.withUnsafeBytes { table in
      func color(_ share: Double) -> UInt32 {
        guard share == share else { return 0 }
        let inside = share > 0 ? share < 1 ? share : 1 : 0
        let entry = Int(Int32(inside * count + half))
        return unsafe table.loadUnaligned(
          fromByteOffset: 4 * (entry < last ? entry : last), as: UInt32.self)
      }
      guard let line = placing.line else {
        for index in 0..<values.count {
          let share = placing.colorShare(unsafe values[index])
          unsafe pixels.storeBytes(
            of: color(share), toByteOffset: start + 4 * index, as: UInt32.self)
        }
        return
      }
      // Nearly all maps are straight lines, for which a call per value would cost most of the time.
      for index in 0..<values.count {
        let share = unsafe (values[index] * line.factor - line.low) / line.span
        unsafe pixels.storeBytes(
          of: color(share), toByteOffset: start + 4 * index, as: UInt32.self)
      }
    }
  }

  /// Whether every value has a colour.
  package static func cover(_ values: [Double], _ placing: Placing) -> Bool {
    placing.line == nil
      ? values.allSatisfy { !placing.colorShare($0).isNaN } : !Sweep.holdsNaN(values)
  }
}
