/// A table with fewer rows or columns: each value is the mean of those that fall on it, a value on two of them
/// in proportion to how much of it lies on each.
///
/// A map of more cells than pixels is drawn so: to take the one cell in the middle of each pixel leaves out
/// the others, and with them a line or a spot that may be all there is to see.
package enum Means {
  /// The cells along one direction that fall on each place of a shorter row, with their shares of it.
  private struct Shares {
    var first: [Int] = []
    var last: [Int] = []
    /// The share of the first and the last; those between have `whole`.
    var head: [Double] = []
    var tail: [Double] = []
    let whole: Double

    /// - Parameters:
    ///   - count: How many cells there are.
    ///   - places: How many places, no more than cells.
    init(_ count: Int, on places: Int) {
      whole = Double(places) / Double(count)
      for place in 0..<places {
        // In units in which a cell is `places` long and a place `count`, all ends are whole numbers.
        let (start, end) = (place * count, (place + 1) * count)
        let (low, high) = (start / places, (end - 1) / places)
        first.append(low)
        last.append(high)
        head.append(Double(min((low + 1) * places, end) - start) / Double(count))
        tail.append(Double(end - high * places) / Double(count))
      }
    }
  }

  /// Hands over the means of a table's values row by row, in one piece of memory for all of them; NaN where
  /// no value counts.
  ///
  /// - Parameter isCounted: Which values count; `nil`: all of them.
  package static func rows(
    of values: [Double], rows: Int, columns: Int, toRows: Int, toColumns: Int,
    isCounted: ((Double) -> Bool)? = nil, _ body: (_ row: Int, UnsafeBufferPointer<Double>) -> Void
  ) {
    let across = Shares(columns, on: toColumns)
    let down = Shares(rows, on: toRows)
    guard let isCounted else {
      unsafe sums(values, columns, across, down, body)
      return
    }
    // Means of what counts: sums of it, over its share of each place.
    let counted = values.map(isCounted)
    var known: [Double] = []
    unsafe sums(zip(values, counted).map { $1 ? $0 : 0 }, columns, across, down) {
      unsafe known += $1
    }
    unsafe sums(counted.map { $0 ? 1 : 0 }, columns, across, down) { row, weights in
      let means = weights.indices.map { index in
        let weight = unsafe weights[index]
        return weight > 0 ? known[row * toColumns + index] / weight : .nan
      }
      unsafe means.withUnsafeBufferPointer { unsafe body(row, $0) }
    }
  }

  private static func sums(
    _ values: [Double], _ columns: Int, _ across: Shares, _ down: Shares,
    _ body: (_ row: Int, UnsafeBufferPointer<Double>) -> Void
  ) {
    let width = across.first.count
    var sums = [Double](repeating: 0, count: width)
    var row = [Double](repeating: 0, count: width)
    var known = -1
    unsafe values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe row.withUnsafeMutableBufferPointer { row in
          for place in 0..<down.first.count {
            for index in down.first[place]...down.last[place] {
              // A row on two places is added up once.
              if index != known {
                unsafe add(
                  UnsafeBufferPointer(rebasing: values[index * columns..<(index + 1) * columns]),
                  to: row, across)
                known = index
              }
              if index == down.first[place] {
                let share = down.head[place]
                for column in 0..<width { unsafe sums[column] = row[column] * share }
              } else {
                let share = index == down.last[place] ? down.tail[place] : down.whole
                for column in 0..<width { unsafe sums[column] += row[column] * share }
              }
            }
            unsafe body(place, UnsafeBufferPointer(sums))
          }
        }
      }
    }
  }

  private static func add(
    _ values: UnsafeBufferPointer<Double>, to row: UnsafeMutableBufferPointer<Double>,
    _ shares: Shares
  ) {
    unsafe shares.first.withUnsafeBufferPointer { first in
      unsafe shares.last.withUnsafeBufferPointer { last in
        unsafe shares.head.withUnsafeBufferPointer { head in
          unsafe shares.tail.withUnsafeBufferPointer { tail in
            for place in 0..<row.count {
              var index = unsafe first[place]
              let end = unsafe last[place]
              var sum = unsafe values[index] * head[place]
              if index < end {
                index += 1
                while index < end {
                  unsafe sum += values[index] * shares.whole
                  index += 1
                }
                unsafe sum += values[end] * tail[place]
              }
              unsafe row[place] = sum
            }
          }
        }
      }
    }
  }
}
