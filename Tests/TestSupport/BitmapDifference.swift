public import Raster

/// How two pictures differ.
public struct BitmapDifference {
  /// How many pixels differ.
  public let pixelCount: Int
  /// The largest difference of a component, in 255ths.
  public let largest: Int
  /// What differs, for a message.
  public let sentence: String
  /// The first picture, pale, with the pixels that differ in red; nothing when the sizes differ.
  public let picture: Bitmap?

  /// Fails when there is no difference.
  public init?(_ first: Bitmap, _ second: Bitmap) {
    guard first.width == second.width, first.height == second.height else {
      pixelCount = max(first.width * first.height, second.width * second.height)
      largest = 255
      sentence =
        "it has \(second.width)×\(second.height) pixels, not \(first.width)×\(first.height)"
      picture = nil
      return
    }
    guard first != second else { return nil }
    var count = 0
    var largest = 0
    var pixels: [UInt8] = []
    pixels.reserveCapacity(first.pixels.count)
    for i in stride(from: 0, to: first.pixels.count, by: 4) {
      let steps = (0..<4).map { abs(Int(first.pixels[i + $0]) - Int(second.pixels[i + $0])) }
      let step = steps.max() ?? 0
      largest = max(largest, step)
      if step > 0 {
        count += 1
        pixels += [255, 0, 0, 255]
      } else {
        pixels += (0..<3).map { 191 + first.pixels[i + $0] / 4 } + [255]
      }
    }
    pixelCount = count
    self.largest = largest
    sentence =
      "\(count) of \(first.width * first.height) pixels differ, by up to \(largest) of 255"
    picture = Bitmap(width: first.width, height: first.height, pixels: pixels)
  }
}
