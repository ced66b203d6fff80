internal import PNGCoding
internal import Raster

/// Two PNG files, compared by what they show.
package struct PixelComparison {
  /// How they relate.
  package enum Result: Equatable {
    /// The same pixels.
    case equal

    /// Other pixels: how many, and the box around them.
    case different(count: Int, x: ClosedRange<Int>, y: ClosedRange<Int>)

    /// Another size.
    case resized(from: (width: Int, height: Int), to: (width: Int, height: Int))

    /// The committed file is no PNG.
    case unreadable(String)

    package static func == (first: Self, second: Self) -> Bool {
      switch (first, second) {
      case (.equal, .equal): true
      case (.different(let a, let b, let c), .different(let d, let e, let f)):
        a == d && b == e && c == f
      case (.resized(let a, let b), .resized(let c, let d)): a == c && b == d
      case (.unreadable(let a), .unreadable(let b)): a == b
      default: false
      }
    }
  }

  package let result: Result

  /// Where the pixels differ, drawn: what is equal pale, what differs red; empty when it cannot be.
  package let diffPNG: [UInt8]

  /// Compares a committed file with the bytes that a run made.
  ///
  /// - Parameter draws: Whether to make the picture of the difference.
  package init(committed: [UInt8], actual: [UInt8], draws: Bool = false) {
    if committed == actual {
      self.init(.equal)
      return
    }
    let old: Bitmap
    let new: Bitmap
    do {
      old = try PNGDecoder.decode(committed)
    } catch {
      self.init(.unreadable("\(error)"))
      return
    }
    do {
      new = try PNGDecoder.decode(actual)
    } catch {
      // A lab may show a picture that it did not encode well; then its bytes are all there is.
      self.init(.unreadable("the run made a picture that cannot be read: \(error)"))
      return
    }
    guard old.width == new.width, old.height == new.height else {
      self.init(.resized(from: (old.width, old.height), to: (new.width, new.height)))
      return
    }
    var count = 0
    var x = 0...0
    var y = 0...0
    var drawn = draws ? new.pixels : []
    for index in 0..<(old.width * old.height) {
      let start = 4 * index
      let isEqual = old.pixels[start..<start + 4] == new.pixels[start..<start + 4]
      if draws {
        for channel in 0..<3 {
          // A pale copy keeps the figure recognisable around the red.
          drawn[start + channel] =
            isEqual ? 192 + new.pixels[start + channel] / 4 : channel == 0 ? 220 : 0
        }
        drawn[start + 3] = 255
      }
      if isEqual { continue }
      let (row, column) = index.quotientAndRemainder(dividingBy: old.width)
      x = count == 0 ? column...column : min(x.lowerBound, column)...max(x.upperBound, column)
      y = count == 0 ? row...row : min(y.lowerBound, row)...max(y.upperBound, row)
      count += 1
    }
    let result = count == 0 ? Result.equal : .different(count: count, x: x, y: y)
    let bitmap = Bitmap(width: new.width, height: new.height, pixels: draws ? drawn : new.pixels)
    self.init(result, diffPNG: draws && count > 0 ? (try? PNGEncoder.encode(bitmap)) ?? [] : [])
  }

  private init(_ result: Result, diffPNG: [UInt8] = []) {
    self.result = result
    self.diffPNG = diffPNG
  }
}
