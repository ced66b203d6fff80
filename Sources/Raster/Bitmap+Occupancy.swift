extension Bitmap {
  /// For each corner of the pixels' grid, row after row, how many pixels above and left of it differ
  /// from a ground: a summed-area table, from which four numbers say what a rectangle holds.
  ///
  /// Here and not where a legend looks for its place, because it looks at every pixel.
  package func paintedSums(on ground: Color) -> [Int32] {
    let empty = Bitmap(width: 1, height: 1, color: ground).pixels
    let stride = width + 1
    var sums = [Int32](repeating: 0, count: stride * (height + 1))
    for y in 0..<height {
      var row: Int32 = 0
      for x in 0..<width {
        let start = (y * width + x) * 4
        var isPainted = false
        for channel in 0..<4
        where abs(Int(pixels[start + channel]) - Int(empty[channel])) > 4 {
          isPainted = true
        }
        if isPainted { row += 1 }
        sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row
      }
    }
    return sums
  }
}
