import Foundation
import PNGCoding
import Raster

/// The picture that other sites show beside a link to a page: 1200×630 pixels, as Open Graph has it.
struct SiteCard {
  var course: String
  var title: String
  var claims: String
  var holds: Bool

  /// The picture as PNG.
  func png() throws -> Data {
    var canvas = Canvas(
      size: Size(width: 600, height: 315), scale: 2, background: Color(hex: 0x0D1117))
    canvas.fill(
      .rect(Rect(x: 0, y: 0, width: 600, height: 10)),
      Color(hex: claims.isEmpty || holds ? 0x2DA44E : 0xCF222E))
    canvas.draw(
      Text(verbatim: course, size: 18), at: Point(40, 62), color: Color(hex: 0x9198A1))
    var y = 120.0
    for line in lines(size: 38).prefix(3) {
      canvas.draw(
        Text(verbatim: line, size: 38, weight: .bold), at: Point(40, y),
        color: Color(hex: 0xE6EDF3))
      y += 48
    }
    if !claims.isEmpty {
      canvas.draw(
        Text(verbatim: (holds ? "✓ " : "✗ ") + claims, size: 22), at: Point(40, 278),
        color: Color(hex: holds ? 0x56D364 : 0xFF7B72))
    }
    return Data(try PNGEncoder.encode(canvas.bitmap()))
  }

  /// The title in lines that fit.
  private func lines(size: Double) -> [String] {
    var lines: [String] = []
    for word in title.split(separator: " ") {
      let longer = (lines.last.map { $0 + " " } ?? "") + word
      if !lines.isEmpty, Text(verbatim: longer, size: size, weight: .bold).width <= 520 {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
