internal import Requirements
public import Tensors

/// A stack of convolutions whose sizes fit: what a ``ConvolutionDesigner`` finds.
public struct ConvolutionPlan: Sendable, Hashable, CustomStringConvertible {
  /// Kernel, stride, dilation, padding and both sizes of each layer.
  ///
  /// Geometries are checked when they are made, so a plan cannot claim a size that its layers do not
  /// give.
  public let layers: [WindowGeometry]

  /// The size of the image.
  public var input: Extent2D { layers[0].image }

  /// The size that the last layer gives.
  public var output: Extent2D { layers[layers.count - 1].output }

  /// All rows above and below and all columns left and right, over all layers.
  ///
  /// Four times the sum of p where a square image is padded by p on every side.
  public var totalPadding: Int {
    layers.reduce(0) {
      $0 + $1.margins.top + $1.margins.bottom + $1.margins.left + $1.margins.right
    }
  }

  /// The widest margin of any layer on any side.
  public var largestPadding: Int {
    layers.reduce(0) {
      max($0, $1.margins.top, $1.margins.bottom, $1.margins.left, $1.margins.right)
    }
  }

  /// The cells of padding of one channel, over all layers.
  public var zeroCellCount: Int {
    layers.reduce(0) { sum, layer in
      let height = layer.image.height + layer.margins.top + layer.margins.bottom
      let width = layer.image.width + layer.margins.left + layer.margins.right
      return sum + height * width - layer.image.height * layer.image.width
    }
  }

  /// The share of each layer's outputs that see nothing but padding.
  public var blindShares: [Double] {
    layers.map { layer in
      let rows = AxisChoice.seeing(
        layer.image.height, layer.window.height, layer.stride.height, layer.dilation.height,
        layer.margins.top, layer.output.height)
      let columns = AxisChoice.seeing(
        layer.image.width, layer.window.width, layer.stride.width, layer.dilation.width,
        layer.margins.left, layer.output.width)
      return 1 - Double(rows * columns) / Double(layer.output.height * layer.output.width)
    }
  }

  /// The layers, one after the other: "2×2 kernel, padding 3; 1×1 kernel".
  public var description: String {
    layers.map { layer in
      var words = ["\(layer.window) kernel"]
      let margins = layer.margins
      if Set([margins.top, margins.bottom, margins.left, margins.right]).count > 1 {
        words.append("padding \(margins)")
      } else if margins.top > 0 {
        words.append("padding \(margins.top)")
      }
      if layer.stride != 1 { words.append("stride \(short(layer.stride))") }
      if layer.dilation != 1 { words.append("dilation \(short(layer.dilation))") }
      return words.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  /// One number where both are the same.
  private func short(_ extent: Extent2D) -> String {
    extent.height == extent.width ? "\(extent.height)" : extent.description
  }

  /// Builds every layer's geometry from the choices on both axes.
  init(input: Extent2D, rules: [LayerRule], rows: [AxisChoice], columns: [AxisChoice]) {
    var layers: [WindowGeometry] = []
    var size = input
    for (index, rule) in rules.enumerated() {
      let (row, column) = (rows[index], columns[index])
      let geometry: WindowGeometry
      do throws(GeometryError) {
        geometry = try WindowGeometry(
          image: size, window: Extent2D(height: row.kernel, width: column.kernel),
          stride: Extent2D(rule.stride), dilation: Extent2D(rule.dilation),
          padding: .explicit(
            top: row.before, bottom: row.after, left: column.before, right: column.after))
      } catch {
        fatalError("The designer chose a layer that cannot be: \(error.description)")
      }
      let expected = Extent2D(height: row.output, width: column.output)
      require(
        geometry.output == expected,
        "the designer promised \(expected), but layer \(index + 1) gives \(geometry.output)")
      layers.append(geometry)
      size = geometry.output
    }
    self.layers = layers
  }
}
