/// The rows of a picture as they go into the compressor: each begins with the number of its filter.
struct FilteredRows {
  private(set) var bytes: [UInt8]

  /// Filters each row with that of the given ones which promises the least.
  ///
  /// - Parameter sample: Which rows, in order; all without.
  init(_ form: PixelForm, by choice: FilterChoice, sample: [Int]? = nil) {
    let filters = choice.filters
    let isChoice = filters.count > 1
    let usesEstimate = isChoice && !choice.byEntropy
    let count = form.rowBytes
    let height = sample?.count ?? form.rows.count / count
    let stride = count + 1
    var estimate = SizeEstimate(pixel: form.pixelBytes, period: stride)
    let zeros = [UInt8](repeating: 0, count: count)
    var best = [UInt8](repeating: 0, count: stride)
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: stride * height) { target, filled in
      unsafe form.rows.withUnsafeBufferPointer { rows in
        unsafe zeros.withUnsafeBufferPointer { zeros in
          unsafe best.withUnsafeMutableBufferPointer { best in
            let base = unsafe target.baseAddress.unsafelyUnwrapped
            let rows = unsafe rows.baseAddress.unsafelyUnwrapped
            var order = filters
            for k in 0..<height {
              let y = sample?[k] ?? k
              let start = k * stride
              let row = unsafe rows + y * count
              let above = unsafe y > 0 ? row - count : zeros.baseAddress.unsafelyUnwrapped
              var least = Int.max
              for (place, filter) in order.enumerated() {
                unsafe base[start] = filter.rawValue
                unsafe filter.apply(row, above, count, form.pixelBytes, to: base + start + 1)
                guard isChoice else { continue }
                let cost =
                  choice.byEntropy
                  ? unsafe Self.entropy(base + start + 1, count)
                  : unsafe estimate.cost(base, start..<start + stride, most: least)
                guard cost < least else { continue }
                least = cost
                order.swapAt(0, place)
                unsafe best.baseAddress.unsafelyUnwrapped.update(
                  from: base + start, count: stride)
              }
              if isChoice {
                unsafe (base + start).update(
                  from: best.baseAddress.unsafelyUnwrapped, count: stride)
              }
              guard usesEstimate else { continue }
              unsafe estimate.keep(base, start..<start + stride)
            }
          }
        }
      }
      filled = stride * height
    }
  }

  /// The bits that the bytes take by their frequency alone, in some unit.
  private static func entropy(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { counts in
      unsafe counts.initialize(repeating: 0)
      // Of a long row every fifth byte tells; the next one is of another component.
      for i in stride(from: 0, to: count, by: count < 512 ? 1 : 5) {
        unsafe counts[Int(bytes[i])] += 1
      }
      var sum = 0.0
      for i in 0..<256 where unsafe counts[i] > 1 {
        let times = unsafe counts[i]
        sum += Double(times) * Logarithms.of(times)
      }
      return -Int(sum * 16)
    }
  }
}

/// How the filter of each row is chosen.
struct FilterChoice {
  let filters: [RowFilter]
  /// By how uneven the bytes of the row are, whatever was kept before; otherwise by a quick compressor,
  /// which goes on from what was kept: a row like the one above costs nothing after the same filter.
  let byEntropy: Bool

  static func all(_ filter: RowFilter) -> FilterChoice {
    FilterChoice(filters: [filter], byEntropy: false)
  }
  static func cheapest(_ filters: [RowFilter]) -> FilterChoice {
    FilterChoice(filters: filters, byEntropy: false)
  }
  static func leastEntropy(_ filters: [RowFilter]) -> FilterChoice {
    FilterChoice(filters: filters, byEntropy: true)
  }
}
