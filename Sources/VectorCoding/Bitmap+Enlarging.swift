import Raster

extension Bitmap {
  /// The picture with each pixel as a block of several.
  ///
  /// Programs blend the pixels of enlarged pictures, some whatever the file says: digits of 28×28
  /// pixels come out as fog. Between blocks, what is blended is too narrow to be seen. A picture of
  /// pixels by the million stays as it is.
  var enlarged: Bitmap {
    enlarged(by: [8, 6, 4, 3, 2].first { width * height * $0 * $0 <= 4_000_000 } ?? 1)
  }

  /// The same for programs that blend over a whole pixel of the file, as librsvg does: a picture of a
  /// few dozen pixels, each of which may fill an inch, gets blocks that make it 512 pixels wide or
  /// high.
  var enlargedFar: Bitmap {
    width * height <= 144 ? enlarged(by: max(8, 512 / max(width, height, 1))) : enlarged
  }

  private func enlarged(by factor: Int) -> Bitmap {
    guard factor > 1 else { return self }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(4 * width * height * factor * factor)
    for y in 0..<height {
      var row: [UInt8] = []
      row.reserveCapacity(4 * width * factor)
      for x in 0..<width {
        let i = 4 * (y * width + x)
        for _ in 0..<factor { row += self.pixels[i..<i + 4] }
      }
      for _ in 0..<factor { pixels += row }
    }
    return Bitmap(width: width * factor, height: height * factor, pixels: pixels)
  }
}
