/// The text of a paragraph, heading or cell, gathered from the lines that it stands on, and the way
/// back to them.
struct InlineSource {
  private(set) var bytes: [UInt8] = []

  /// Where stretches of the text begin: in it, and in the lines.
  private var starts: [(offset: Int, position: Markup.Position)] = []

  /// The offsets in the text at which its lines begin.
  private var lineStarts: [Int] = []

  /// Joins parts of lines; white space at the end of the whole is left out.
  init(_ segments: [Segment], lines: [[UInt8]]) {
    for segment in segments {
      if !lineStarts.isEmpty { bytes.append(10) }
      lineStarts.append(bytes.count)
      add(lines[segment.line], segment.range, at: segment.line)
    }
    while let last = bytes.last, last.isSpace { bytes.removeLast() }
  }

  /// A cell of a table, in which a bar needs a backslash even inside code.
  init(cell range: Range<Int>, of line: [UInt8], at number: Int) {
    lineStarts = [0]
    var start = range.lowerBound
    var index = start
    while index + 1 < range.upperBound {
      if line[index] == UInt8(ascii: "\\"), line[index + 1] == UInt8(ascii: "|") {
        add(line, start..<index, at: number)
        start = index + 1
        index += 1
      }
      index += 1
    }
    add(line, start..<range.upperBound, at: number)
  }

  private mutating func add(_ line: [UInt8], _ range: Range<Int>, at number: Int) {
    starts.append((bytes.count, Markup.Position(line: number, column: range.lowerBound)))
    bytes += line[range]
  }

  /// Where a byte of the text stands in the lines.
  func position(_ offset: Int) -> Markup.Position {
    guard let start = starts.last(atMost: offset) else {
      return Markup.Position(line: 0, column: 0)
    }
    var position = start.position
    position.column += offset - start.offset
    return position
  }

  func range(_ offsets: Range<Int>) -> Range<Markup.Position> {
    position(offsets.lowerBound)..<position(offsets.upperBound)
  }

  /// How many lines stand before an offset.
  func lineIndex(after offset: Int) -> Int {
    offset >= bytes.count ? lineStarts.count : lineStarts.prefix { $0 < offset }.count
  }
}

extension [(offset: Int, position: Markup.Position)] {
  /// The last element that does not begin after an offset, by halving.
  fileprivate func last(atMost offset: Int) -> Element? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? self[low - 1] : first
  }
}
