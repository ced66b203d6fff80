internal import ElementaryFunctions
internal import Requirements
public import Tensors

/// Changes images at random, a little and each differently: a training set that never repeats.
///
/// Every image is turned, scaled, moved and bent, in one resampling (bilinear, zeros outside). The pixel
/// at row i, column j of the result shows the original at
///
/// ```text
/// c + R(−angle) (p − c − shift) / scale + bend(p),   p = (i, j), c the image's centre
/// ```
///
/// with angle, scale and shift drawn evenly from their ranges and `bend` a smooth field: displacements
/// drawn from a normal distribution at control points ``bendSpacing`` pixels apart, joined by cubic
/// B-splines (after the elastic deformations of Simard, Steinkraus and Platt 2003, with the coarse grid
/// of Ronneberger, Fischer and Brox 2015).
///
/// ```swift
/// let augmentation = Augmentation(shift: 2, degrees: 10, scale: 0.1, bend: 1.5)
/// let images = augmentation(batch.images, using: &random)
/// ```
///
/// One number is taken from the generator, and every image has a generator of its own from it: the
/// images are computed on all threads, with the same bits on any number of them.
public struct Augmentation: Sendable, Hashable, CustomStringConvertible {
  /// The most that an image moves along each axis, in pixels, at least 0.
  public var shift: Float { didSet { requireSettings() } }

  /// The most that it turns either way, in degrees, at least 0.
  public var degrees: Float { didSet { requireSettings() } }

  /// The most that its size changes: 0.1 for 90 % to 110 %; at least 0 and below 1.
  public var scale: Float { didSet { requireSettings() } }

  /// The standard deviation of the displacement of a control point along each axis, in pixels, at least 0.
  public var bend: Float { didSet { requireSettings() } }

  /// How far apart control points are, in pixels, at least 1.
  public var bendSpacing: Float { didSet { requireSettings() } }

  /// An augmentation; each range is 0 for none.
  ///
  /// - Parameters:
  ///   - shift: The most that an image moves along each axis, in pixels.
  ///   - degrees: The most that it turns either way.
  ///   - scale: The most that its size changes, below 1.
  ///   - bend: The standard deviation of the control points' displacements, in pixels.
  ///   - bendSpacing: How far apart control points are, in pixels, at least 1.
  public init(
    shift: Float = 0, degrees: Float = 0, scale: Float = 0, bend: Float = 0, bendSpacing: Float = 7
  ) {
    self.shift = shift
    self.degrees = degrees
    self.scale = scale
    self.bend = bend
    self.bendSpacing = bendSpacing
    requireSettings()
  }

  private func requireSettings() {
    for (what, value) in [("shift", shift), ("rotation", degrees), ("bend", bend)] {
      require(
        value >= 0 && value.isFinite, "a \(what) is at least 0 and finite, not \(value)")
    }
    require(0 <= scale && scale < 1, "a change of scale is at least 0 and below 1, not \(scale)")
    require(
      bendSpacing >= 1 && bendSpacing.isFinite,
      "control points are at least 1 pixel apart, not \(bendSpacing)")
  }

  /// New images, each changed in its own way.
  ///
  /// - Parameters:
  ///   - images: (N, C, H, W); all channels of an item are changed alike.
  ///   - random: Gives one number.
  /// - Returns: Images of the same shape.
  public func callAsFunction(
    _ images: Tensor, using random: inout some RandomNumberGenerator
  ) -> Tensor {
    require(
      images.shape.rank == 4, "an augmentation takes images (N, C, H, W), not \(images.shape)")
    var seeds = SplitMix64(seed: random.next())
    let generators = (0..<images.shape[0]).map { _ in SplitMix64(seed: seeds.next()) }
    let (height, width) = (images.shape[2], images.shape[3])
    let size = images.shape.itemElementCount
    let rows = spline(length: height)
    let columns = spline(length: width)
    var result = Tensor(images.shape)
    // Each part writes the pixels of its own image; the buffers outlive the call.
    unsafe images.withElements { source in
      unsafe result.withMutableElements { target in
        let (source, target) = unsafe (source, target)
        Compute.concurrently(parts: generators.count) { item in
          var random = generators[item]
          let field = field(height, width, rows, columns, &random)
          for plane in stride(from: item * size, to: (item + 1) * size, by: max(1, height * width))
          {
            for pixel in 0..<height * width {
              unsafe target[plane + pixel] = bilinear(
                row: field.rows[pixel], column: field.columns[pixel], height, width
              ) { unsafe source[plane + $0] }
            }
          }
        }
      }
    }
    return result
  }

  /// What it does, in one line.
  public var description: String {
    "shift ±\(shift) px, rotation ±\(degrees)°, scale ±\(scale), bend \(bend) px every "
      + "\(bendSpacing) px"
  }

  /// Where each pixel of the result lies in the original.
  private func field(
    _ height: Int, _ width: Int, _ rows: Spline, _ columns: Spline, _ random: inout SplitMix64
  ) -> (rows: [Float], columns: [Float]) {
    func drawn(_ most: Float) -> Double { Double(most) * (2 * random.nextUnitDouble() - 1) }
    let angle = drawn(degrees) * .pi / 180
    let size = 1 + drawn(scale)
    let (down, right) = (drawn(shift), drawn(shift))
    let (cosine, sine) = (Elementary.cos(angle) / size, Elementary.sin(angle) / size)
    let (middleRow, middleColumn) = (Double(height - 1) / 2, Double(width - 1) / 2)
    var sources: (rows: [Float], columns: [Float]) = ([], [])
    sources.rows.reserveCapacity(height * width)
    sources.columns.reserveCapacity(height * width)
    for row in 0..<height {
      let y = Double(row) - middleRow - down
      for column in 0..<width {
        let x = Double(column) - middleColumn - right
        sources.rows.append(Float(middleRow + cosine * y - sine * x))
        sources.columns.append(Float(middleColumn + sine * y + cosine * x))
      }
    }
    if bend > 0 {
      bendField(&sources.rows, rows, columns, &random)
      bendField(&sources.columns, rows, columns, &random)
    }
    return sources
  }

  /// Adds a smooth random displacement to one coordinate of every pixel.
  private func bendField(
    _ positions: inout [Float], _ rows: Spline, _ columns: Spline, _ random: inout SplitMix64
  ) {
    let points = Tensor.normal(
      [rows.points, columns.points], standardDeviation: bend, using: &random
    ).elements
    var line = [Float](repeating: 0, count: columns.points)
    for row in 0..<rows.first.count {
      // A row of control points of this row's own, then along it.
      for point in 0..<columns.points {
        var sum: Float = 0
        for tap in 0..<4 {
          sum += rows.weights[row][tap] * points[(rows.first[row] + tap) * columns.points + point]
        }
        line[point] = sum
      }
      for column in 0..<columns.first.count {
        var sum: Float = 0
        for tap in 0..<4 { sum += columns.weights[column][tap] * line[columns.first[column] + tap] }
        positions[row * columns.first.count + column] += sum
      }
    }
  }

  /// For every pixel of an axis the four control points around it and their weights.
  private struct Spline {
    var points: Int
    var first: [Int]
    var weights: [SIMD4<Float>]
  }

  /// The uniform cubic B-spline over an axis.
  private func spline(length: Int) -> Spline {
    var spline = Spline(points: 4, first: [], weights: [])
    for pixel in 0..<length {
      let place = Float(pixel) / bendSpacing
      let t = place - place.rounded(.down)
      let (t2, t3) = (t * t, t * t * t)
      spline.first.append(Int(place.rounded(.down)))
      spline.weights.append(
        SIMD4(1 - 3 * t + 3 * t2 - t3, 4 - 6 * t2 + 3 * t3, 1 + 3 * t + 3 * t2 - 3 * t3, t3) / 6)
      spline.points = max(spline.points, Int(place.rounded(.down)) + 4)
    }
    return spline
  }
}

/// The value between four pixels, zeros outside of the image, NaN at no place.
@inline(__always)
func bilinear(
  row: Float, column: Float, _ height: Int, _ width: Int, _ pixel: (Int) -> Float
) -> Float {
  // Far outside nothing is near, and the numbers would not fit an integer.
  guard row > -1, row < Float(height), column > -1, column < Float(width) else {
    return row.isNaN || column.isNaN ? .nan : 0
  }
  let (top, left) = (row.rounded(.down), column.rounded(.down))
  let (down, right) = (row - top, column - left)
  let (i, j) = (Int(top), Int(left))
  func at(_ i: Int, _ j: Int) -> Float {
    0..<height ~= i && 0..<width ~= j ? pixel(i * width + j) : 0
  }
  let upper = at(i, j) * (1 - right) + at(i, j + 1) * right
  let lower = at(i + 1, j) * (1 - right) + at(i + 1, j + 1) * right
  return upper * (1 - down) + lower * down
}

/// Images sampled at given places, bilinearly, zeros outside: what an ``Augmentation`` does with the
/// places that it draws.
///
/// PyTorch's `nn.functional.grid_sample` with `align_corners=True`, but places are counted in pixels
/// from 0, not from −1 to 1. A place that is NaN gives NaN.
///
/// - Parameters:
///   - images: (N, C, H, W).
///   - rows: For each item and output pixel the row in its image, (N, H', W').
///   - columns: For each item and output pixel the column, of the same shape.
/// - Returns: (N, C, H', W').
public func resample(_ images: Tensor, rows: Tensor, columns: Tensor) -> Tensor {
  require(
    images.shape.rank == 4 && rows.shape.rank == 3 && rows.shape == columns.shape
      && rows.shape[0] == images.shape[0],
    "resampling takes images (N, C, H, W) and two sets of places (N, H', W'), not \(images.shape), "
      + "\(rows.shape) and \(columns.shape)")
  let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
  let (x, i, j) = (images.elements, rows.elements, columns.elements)
  let area = rows.shape.itemElementCount
  return Tensor([images.shape[0], channels, rows.shape[1], rows.shape[2]]) { index in
    let (plane, pixel) = index.quotientAndRemainder(dividingBy: area)
    let place = plane / channels * area + pixel
    return bilinear(row: i[place], column: j[place], height, width) {
      x[plane * height * width + $0]
    }
  }
}
