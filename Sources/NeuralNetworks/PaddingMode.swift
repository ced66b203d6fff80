/// What stands in the cells that padding adds around an image.
///
/// A row `1 2 3 4` padded by 2 on both sides:
///
/// | mode | row |
/// |---|---|
/// | ``zeros`` | `0 0 1 2 3 4 0 0` |
/// | ``constant(_:)`` 7 | `7 7 1 2 3 4 7 7` |
/// | ``reflect`` | `3 2 1 2 3 4 3 2` |
/// | ``replicate`` | `1 1 1 2 3 4 4 4` |
/// | ``circular`` | `3 4 1 2 3 4 1 2` |
///
/// The names are those of PyTorch's `padding_mode`. Negative padding crops in every mode.
public enum PaddingMode: Sendable, Hashable, CustomStringConvertible {
  /// Zeros.
  case zeros

  /// One value.
  case constant(Float)

  /// The image mirrored at its outermost row or column, which is not repeated. The padding must be
  /// below the size of its axis.
  case reflect

  /// The nearest pixel of the image. No limit.
  case replicate

  /// The image repeated, as on a torus. The padding can be at most the size of its axis.
  case circular

  /// The value of the added cells, where they do not come from the image.
  var fill: Float? {
    switch self {
    case .zeros: 0
    case .constant(let value): value
    case .reflect, .replicate, .circular: nil
    }
  }

  /// The mode's name.
  public var description: String {
    switch self {
    case .zeros: "zeros"
    case .constant(let value): "constant \(Int(exactly: value).map { "\($0)" } ?? "\(value)")"
    case .reflect: "reflect"
    case .replicate: "replicate"
    case .circular: "circular"
    }
  }

  /// For each cell of a padded axis the cell of the image that it shows, or `nil` for the fill.
  ///
  /// - Parameters:
  ///   - size: The length of the axis.
  ///   - before: How many cells are added in front; negative crops.
  ///   - after: How many cells are added behind; negative crops.
  func sources(size: Int, before: Int, after: Int) -> [Int?] {
    (-before..<size + after).map { place in
      if 0..<size ~= place { return place }
      switch self {
      case .zeros, .constant: return nil
      case .reflect: return place < 0 ? -place : 2 * (size - 1) - place
      case .replicate: return place < 0 ? 0 : size - 1
      case .circular:
        // Where one side is cropped, the torus is that of the cells that are left.
        let first = max(0, -before)
        let period = min(size, size + after) - first
        let offset = (place - first) % period
        return first + (offset < 0 ? offset + period : offset)
      }
    }
  }

  /// The most that one side of an axis can be padded by.
  func limit(size: Int) -> (most: Int, reason: String)? {
    switch self {
    case .zeros, .constant, .replicate: nil
    case .reflect: (size - 1, "reflect mirrors without the edge, so it pads by less than the size")
    case .circular: (size, "circular padding repeats the image once at most")
    }
  }
}
