import Raster
import Testing

@testable import Plotting

@Suite struct ContourGridTests {
  /// Whole squares of a row are one rectangle; areas between levels add up to the whole, without overlap.
  @Test func `Polygons of filled contours cover the plane once`() {
    let count = 24
    let values = Matrix(rows: count, columns: count) { row, column in
      let (x, y) = (Double(column) / 6 - 2, Double(row) / 6 - 2)
      return row == 3 && column == 5 ? .nan : x * x - y * y + 0.3 * x * y
    }
    let grid = ContourGrid(
      values: values, x: (0..<count).map(Double.init), y: (0..<count).reversed().map(Double.init))
    func area(_ polygon: [Point]) -> Double {
      zip(polygon, polygon.dropFirst() + polygon.prefix(1)).reduce(0) {
        $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
      }.magnitude
    }
    let edges = [-100.0, -2, -0.5, 0, 0.5, 2, 100]
    let bands = zip(edges, edges.dropFirst()).map { grid.polygons(from: $0, to: $1) }
    let whole = Double((count - 1) * (count - 1) - 4)
    #expect(abs(bands.joined().reduce(0) { $0 + area($1) } - whole) < 1e-9)
    let all = grid.polygons(from: -100, to: 100)
    #expect(abs(all.reduce(0) { $0 + area($1) } - whole) < 1e-9)
    // A run for each row, and two for the rows that the missing value cuts.
    #expect(all.count == count - 1 + 2)
  }
}
