import Testing

@testable import Tensors

/// Rows dealt out to threads: each once, in order, in shares that differ little.
@Suite struct RowSharesTests {
  @Test func `Every row once`() {
    for sizes: (images: Int, rows: Int, unit: Int) in [
      (1, 22, 2), (3, 22, 2), (3, 28, 1), (7, 5, 2), (40, 28, 2), (2, 1, 1), (5, 3, 2),
    ] {
      for threads: Int in [1, 2, 3, 8] {
        for most in [1, 6, 100] {
          for (cuts, extra) in [(1, 0), (1, 8), (3, 4)] {
            let shares = RowShares(
              images: sizes.images, rows: sizes.rows, unit: sizes.unit, most: most,
              threads: threads,
              cuts: cuts, extra: extra)
            for image in 0..<sizes.images {
              let ranges = shares.parts.filter { $0.image == image }.map(\.rows)
              #expect(ranges.flatMap(Array.init) == Array(0..<sizes.rows), "\(sizes) \(threads)")
              #expect(
                ranges.allSatisfy { $0.lowerBound % sizes.unit == 0 && !$0.isEmpty },
                "\(sizes) \(threads)")
              #expect(
                ranges.allSatisfy { $0.count <= max(most, sizes.unit) }, "\(sizes) \(threads)")
            }
            #expect(
              shares.parts.map(\.image) == shares.parts.map(\.image).sorted(), "\(sizes) \(threads)"
            )
            #expect(
              shares.starts.count == threads && shares.starts == shares.starts.sorted(),
              "\(sizes) \(threads)")
            #expect(
              shares.starts[0] == 0 && shares.starts[threads - 1] <= shares.parts.count,
              "\(sizes) \(threads)")
          }
        }
      }
    }
  }

  @Test func `Only the image in the middle is cut`() {
    let shares = RowShares(
      images: 3, rows: 22, unit: 2, most: 100, threads: 2, cuts: 1, extra: 8)
    #expect(
      shares.parts == [
        .init(image: 0, rows: 0..<22), .init(image: 1, rows: 0..<14),
        .init(image: 1, rows: 14..<22), .init(image: 2, rows: 0..<22),
      ])
    #expect(shares.starts == [0, 2])
  }
}
