/// How often two colours of a palette stand beside each other, or above one another.
struct NeighbourPairs {
  private let count: Int
  private var times: [Int32]

  /// Counts in the rows of a picture, every so many of them.
  init(_ form: PixelForm, every step: Int) {
    count = form.palette.count / 4
    times = [Int32](repeating: 0, count: count * count)
    let (width, rows, count) = (form.rowBytes, form.rows, count)
    // Every index of the rows is one of the palette.
    unsafe times.withUnsafeMutableBufferPointer { times in
      unsafe rows.withUnsafeBufferPointer { rows in
        for start in stride(from: width, to: rows.count, by: step * width) {
          var left = unsafe rows[start]
          for i in start..<start + width {
            let (here, above) = unsafe (rows[i], rows[i - width])
            if here != above { unsafe times[Int(here) * count + Int(above)] += 1 }
            if here != left { unsafe times[Int(here) * count + Int(left)] += 1 }
            left = here
          }
        }
      }
    }
    for a in 0..<count {
      for b in 0..<a {
        let sum = times[a * count + b] + times[b * count + a]
        times[a * count + b] = sum
        times[b * count + a] = sum
      }
    }
  }

  subscript(a: Int, b: Int) -> Int { Int(times[a * count + b]) }

  /// The pairs that occur, the most frequent first; of each the higher place first.
  var byFrequency: [(Int, Int)] {
    var pairs: [(times: Int32, a: Int, b: Int)] = []
    for a in 0..<count {
      for b in 0..<a where times[a * count + b] > 0 { pairs.append((times[a * count + b], a, b)) }
    }
    return pairs.sorted { ($0.times, $1.a, $1.b) > ($1.times, $0.a, $0.b) }.map { ($0.a, $0.b) }
  }
}
