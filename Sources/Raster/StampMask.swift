/// Which pixels a stamp covers, and how much of each, when its middle lies at some fraction of a
/// pixel.
struct StampMask {
  /// Wholly covered pixels of a row, whose colour is the layer's.
  struct Span {
    var y: Int16
    var x: Int16
    var count: Int16
    var layer: Int16
  }

  /// A pixel that a layer covers in part, or in a colour that lets something through.
  struct Mixture {
    var y: Int16
    var x: Int16
    var layer: UInt8
    var coverage: UInt8
  }

  /// Where the mask begins, seen from the pixel of the stamp's middle.
  var x = 0
  var y = 0
  var width = 0
  var height = 0
  var spans: [Span] = []
  /// In the order in which they are mixed.
  var mixtures: [Mixture] = []
}

/// The masks of a stamp, made when they are first needed: one for each eighth of a pixel across and
/// down, with and without colours that let something through.
struct StampMasks {
  /// A pixel, and which eighths of it.
  struct Place {
    var x: Int
    var y: Int
    var phase: Int
  }

  private static let phases = 8
  /// The outlines of the layers in pixels, around the origin.
  private let outlines: [Path]
  private let colors: [Color?]
  private var masks: [StampMask?]

  /// Fails for a stamp that is larger than a symbol, where masks gain nothing.
  init?(_ stamp: Stamp, _ transform: AffineTransform) {
    var turn = transform
    turn.tx = 0
    turn.ty = 0
    let outlines = stamp.layers.map {
      $0.outline(meanScale: transform.meanScale).transformed(by: turn)
    }
    guard
      outlines.count < 16,
      outlines.allSatisfy({ path in
        path.bounds.map { min($0.minX, $0.minY) > -500 && max($0.maxX, $0.maxY) < 500 } ?? true
      })
    else { return nil }
    self.outlines = outlines
    colors = stamp.layers.map(\.color)
    masks = [StampMask?](repeating: nil, count: 2 * Self.phases * Self.phases)
  }

  /// What paints the layers at places of a colour.
  func blenders(_ color: Color) -> [Blender] { colors.map { Blender($0 ?? color, .light) } }

  /// The nearest place that there is a mask for; nothing far outside of every canvas.
  func place(_ point: Point) -> Place? {
    let phases = Double(Self.phases)
    let x = (point.x * phases).rounded()
    let y = (point.y * phases).rounded()
    guard abs(x) < 1e9, abs(y) < 1e9 else { return nil }
    // Powers of two: shifts round down, also below zero.
    let (column, row) = (Int(x), Int(y))
    return Place(x: column >> 3, y: row >> 3, phase: (row & 7) * Self.phases + column & 7)
  }

  /// The mask for a place.
  ///
  /// - Parameter isOpaque: Whether no colour lets anything through, so that what lies under a wholly
  ///   covered pixel of a layer need not be painted.
  mutating func mask(_ place: Place, isOpaque: Bool) -> StampMask {
    let index = place.phase + (isOpaque ? Self.phases * Self.phases : 0)
    if let mask = masks[index] { return mask }
    let mask = make(place.phase, isOpaque)
    masks[index] = mask
    return mask
  }

  private func make(_ phase: Int, _ isOpaque: Bool) -> StampMask {
    let boxes = outlines.compactMap(\.bounds)
    guard let first = boxes.first else { return StampMask() }
    let box = boxes.reduce(first) { $0.union($1) }
    var mask = StampMask()
    mask.x = Int(box.minX.rounded(.down)) - 1
    mask.y = Int(box.minY.rounded(.down)) - 1
    mask.width = Int(box.maxX.rounded(.up)) + 2 - mask.x
    mask.height = Int(box.maxY.rounded(.up)) + 2 - mask.y
    let shift = AffineTransform.translation(
      x: Double(phase % Self.phases) / Double(Self.phases) - Double(mask.x),
      y: Double(phase / Self.phases) / Double(Self.phases) - Double(mask.y))
    var canvas = Canvas(
      size: Size(width: Double(mask.width), height: Double(mask.height)), scale: 1)
    let count = mask.width * mask.height
    var layers: [[UInt8]] = []
    for outline in outlines {
      var covered = [UInt8](repeating: 0, count: count)
      let width = mask.width
      unsafe canvas.cover(outline, through: shift, .nonZero) { _, rows, x, row in
        for y in rows {
          for i in 0..<row.count { unsafe covered[y * width + x + i] = row[i] }
        }
      }
      layers.append(covered)
    }
    for y in 0..<mask.height {
      for x in 0..<mask.width {
        let i = y * mask.width + x
        let full = isOpaque ? layers.lastIndex { $0[i] == 255 } : nil
        if let full { mask.cover(x, y, full) }
        for layer in (full ?? -1) + 1..<layers.count where layers[layer][i] > 0 {
          mask.mixtures.append(
            StampMask.Mixture(
              y: Int16(y), x: Int16(x), layer: UInt8(layer), coverage: layers[layer][i]))
        }
      }
    }
    return mask
  }
}

extension StampMask {
  fileprivate mutating func cover(_ x: Int, _ y: Int, _ layer: Int) {
    if let last = spans.last, Int(last.y) == y, Int(last.x + last.count) == x,
      Int(last.layer) == layer
    {
      spans[spans.count - 1].count += 1
    } else {
      spans.append(Span(y: Int16(y), x: Int16(x), count: 1, layer: Int16(layer)))
    }
  }
}
