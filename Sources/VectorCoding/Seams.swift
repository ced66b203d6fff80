import Raster

/// Rectangles that touch, made to overlap by a hair.
///
/// Where two shapes share an edge that does not fall between two pixels, a program that shows the
/// file smooths each on its own, and the ground shines through along the edge: the cells of a heat map
/// come apart. So of opaque rectangles that are painted one after the other, each reaches under those
/// to the right of it and below it that are painted later.
struct Seams {
  private static let overlap = 0.35

  /// The same operations with the seams closed.
  static func closed(_ operations: [Drawing.Operation]) -> [Drawing.Operation] {
    var result = operations
    var run: [(index: Int, rect: Rect)] = []
    func close() {
      defer { run.removeAll() }
      guard run.count > 1 else { return }
      // Edges are told apart to a thousandth of a point.
      func key(_ value: Double) -> Int { Int((value * 1000).rounded()) }
      var byLeft: [Int: [Int]] = [:]
      var byTop: [Int: [Int]] = [:]
      for (place, item) in run.enumerated() {
        byLeft[key(item.rect.minX), default: []].append(place)
        byTop[key(item.rect.minY), default: []].append(place)
      }
      for (place, item) in run.enumerated() {
        guard case .fill(_, let color, let rule) = result[item.index] else { continue }
        let rect = item.rect
        // Only where one neighbour alone hides all of what sticks out.
        let right = (byLeft[key(rect.maxX)] ?? []).contains { other in
          let next = run[other].rect
          return other > place && next.minY <= rect.minY + 0.001 && next.maxY >= rect.maxY - 0.001
        }
        let below = (byTop[key(rect.maxY)] ?? []).contains { other in
          let next = run[other].rect
          return other > place && next.minX <= rect.minX + 0.001 && next.maxX >= rect.maxX - 0.001
        }
        guard right || below else { continue }
        let wider = Rect(
          x: rect.x, y: rect.y, width: rect.width + (right ? Self.overlap : 0),
          height: rect.height + (below ? Self.overlap : 0))
        result[item.index] = .fill(.rect(wider), color, rule)
      }
    }
    for (index, operation) in operations.enumerated() {
      if case .fill(let path, let color, _) = operation, color.alpha >= 1, let rect = path.rect {
        run.append((index, rect))
      } else {
        close()
      }
    }
    close()
    return result
  }
}

extension Path {
  /// The rectangle that the path is, if it is an upright one.
  var rect: Rect? {
    let elements = self.elements
    guard elements.count == 5, case .close = elements[4], let bounds else { return nil }
    var corners: [Point] = []
    for element in elements.dropLast() {
      switch element {
      case .move(let point), .line(let point): corners.append(point)
      default: return nil
      }
    }
    for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1))
    where a.x != b.x && a.y != b.y {
      return nil
    }
    return bounds.width > 0 && bounds.height > 0 ? bounds : nil
  }
}
