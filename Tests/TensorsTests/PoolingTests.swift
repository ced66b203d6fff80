import Tensors
import Testing

/// Pooling and spatial gathers against loops over every window.
@Suite struct PoolingTests {
  static let geometries: [PoolingGeometry] = [
    PoolingGeometry(input: [2, 3, 4, 6], window: 2),
    PoolingGeometry(input: [17, 2, 7, 9], window: 3, stride: 2, padding: .all(1)),
    PoolingGeometry(
      input: [5, 1, 8, 5], window: Extent2D(height: 3, width: 2), stride: 1, padding: .same),
    PoolingGeometry(input: [33, 4, 5, 5], window: 5),
    PoolingGeometry(input: [16, 1, 9, 9], window: 2, stride: 3),
  ]

  @Test func `Agrees with the direct twin`() {
    for g in Self.geometries {
      var random = SplitMix64(seed: 4)
      // Few distinct values, so that windows hold ties.
      let x = Tensor(g.input) { _ in Float(random.nextIndex(below: 4)) - 1.5 }
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      let (input, gradient) = (Direct(x), Direct(dy))
      var largest = Direct(g.output)
      var mean = Direct(g.output)
      var meanWithPadding = Direct(g.output)
      var dLargest = Direct(g.input)
      var dMean = Direct(g.input)
      let window = g.window
      for n in 0..<g.output[0] {
        for c in 0..<g.output[1] {
          for i in 0..<g.output[2] {
            for j in 0..<g.output[3] {
              var cells: [(Int, Int)] = []
              for u in 0..<window.window.height {
                for v in 0..<window.window.width {
                  let y = i * window.stride.height + u - window.margins.top
                  let x = j * window.stride.width + v - window.margins.left
                  if y >= 0, x >= 0, y < g.input[2], x < g.input[3] { cells.append((y, x)) }
                }
              }
              var best = cells[0]
              var sum = 0.0
              for cell in cells {
                sum += input[n, c, cell.0, cell.1]
                if input[n, c, cell.0, cell.1] > input[n, c, best.0, best.1] { best = cell }
              }
              largest[n, c, i, j] = input[n, c, best.0, best.1]
              mean[n, c, i, j] = sum / Double(cells.count)
              meanWithPadding[n, c, i, j] =
                sum / Double(window.window.height * window.window.width)
              dLargest[n, c, best.0, best.1] += gradient[n, c, i, j]
              for cell in cells {
                dMean[n, c, cell.0, cell.1] += gradient[n, c, i, j] / Double(cells.count)
              }
            }
          }
        }
      }
      #expect(relativeError(maxPool(x, g), largest) == 0, "\(g)")
      #expect(relativeError(averagePool(x, g), mean) < 1e-6, "\(g)")
      #expect(relativeError(averagePool(x, g, countsPadding: true), meanWithPadding) < 1e-6, "\(g)")
      #expect(relativeError(maxPoolGradient(dy, x, g), dLargest) < 1e-6, "\(g)")
      #expect(relativeError(averagePoolGradient(dy, g), dMean) < 1e-6, "\(g)")
      let padded = averagePoolGradient(dy, g, countsPadding: true)
      #expect(
        abs(inner(padded, x) - inner(dy, averagePool(x, g, countsPadding: true))) < 1e-3, "\(g)")
    }
  }

  @Test func `Gather repeats and scatter adds`() {
    let x = Tensor([1, 1, 2, 3], [1, 2, 3, 4, 5, 6])
    let rows: [Int?] = [1, 0, nil]
    let columns: [Int?] = [2, 2, 0, nil]
    let y = gatherSpatial(x, rows: rows, columns: columns, fill: 9)
    #expect(y == Tensor([1, 1, 3, 4], [6, 6, 4, 9, 3, 3, 1, 9, 9, 9, 9, 9]))
    let dx = scatterSpatial(
      Tensor([1, 1, 3, 4], repeating: 1), rows: rows, columns: columns,
      size: Extent2D(height: 2, width: 3))
    #expect(dx == Tensor([1, 1, 2, 3], [1, 0, 2, 1, 0, 2]))
  }
}
