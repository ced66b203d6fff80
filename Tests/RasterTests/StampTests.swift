import Foundation
import Raster
import Testing

@Suite
struct StampTests {
  private static let size = Size(width: 60, height: 60)

  private func dot(rim: Bool) -> Stamp {
    var stamp = Stamp()
    if rim {
      stamp.stroke(
        .circle(center: .zero, radius: 3), Stroke(width: 1.2), Color(gray: 1, alpha: 0.8))
    }
    stamp.fill(.circle(center: .zero, radius: 3))
    return stamp
  }

  /// Places at eighths of a pixel, where masks are exact, all over the sheet and beyond its edges.
  private let places: [Point] = (0..<300).map { (i: Int) -> Point in
    let x = Double((i * 37) % 1041) / 16
    let y = Double((i * 101) % 1023) / 16
    return Point(x - 2, y - 2)
  }

  private func oneByOne(
    _ stamp: Stamp, _ places: [Point], _ color: (Int) -> Color, _ canvas: inout Canvas
  ) {
    for (i, place) in places.enumerated() { canvas.draw(stamp, at: [place], color: color(i)) }
  }

  /// Where the ink lies, in pixels, and how much there is.
  private static func inkCenter(_ canvas: Canvas) -> (x: Double, y: Double, ink: Double) {
    let bitmap = canvas.bitmap()
    var (x, y, ink) = (0.0, 0.0, 0.0)
    for row in 0..<bitmap.height {
      for column in 0..<bitmap.width {
        // The share of ink, from a component that says light in sRGB's way.
        let value = Double(bitmap.pixels[4 * (row * bitmap.width + column)]) / 255
        let light = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        ink += 1 - light
        x += (1 - light) * Double(column)
        y += (1 - light) * Double(row)
      }
    }
    return (x / ink, y / ink, ink)
  }

  /// Masks are for symbols.
  @Test func `A stamp far larger than a symbol is painted exactly, however many there are`() {
    var stamp = Stamp()
    stamp.fill(.circle(center: .zero, radius: 600))
    let places = (0..<120).map { Point(630 + Double($0) / 7, 30 - Double($0) / 3) }
    var many = Canvas(size: Self.size, scale: 1)
    many.draw(stamp, at: places, color: Color.black.opacity(0.1))
    var single = Canvas(size: Self.size, scale: 1)
    oneByOne(stamp, places, { _ in Color.black.opacity(0.1) }, &single)
    #expect(many.bitmap() == single.bitmap())
    #expect(many.bitmap()[0, 30] == .white && many.bitmap()[59, 30] != .white)
  }

  @Test(arguments: [true, false], [1.0, 0.4])
  func `Many stamps at eighths of pixels are the same pixels as one by one`(
    rim: Bool, opacity: Double
  ) {
    let stamp = dot(rim: rim)
    let colors = places.indices.map { (i: Int) -> Color in
      Color(red: Double(i % 7) / 7, green: 0.4, blue: 0.5, alpha: opacity)
    }
    var many = Canvas(size: Self.size)
    many.draw(stamp, at: places, colors: colors)
    var single = Canvas(size: Self.size)
    oneByOne(stamp, places, { colors[$0] }, &single)
    let differences = zip(many.bitmap().pixels, single.bitmap().pixels)
      .map { abs(Int($0) - Int($1)) }
    // Sums of areas come in another order: a coverage may round to the next 255th.
    #expect(differences.max() ?? 0 <= 3)
  }

  @Test
  func `Anywhere else a stamp moves by a sixteenth of a pixel at most`() {
    let places = (0..<200).map { (i: Int) -> Point in
      Point(30 + Double(i) / 977, 30 - Double(i) / 1013)
    }
    // One stamp on the sheet, and so many beyond it that masks are used.
    let beyond = [Point](repeating: Point(-500, -500), count: 100)
    for place in places {
      var many = Canvas(size: Self.size)
      many.draw(dot(rim: false), at: beyond + [place], color: .black)
      var single = Canvas(size: Self.size)
      oneByOne(dot(rim: false), [place], { _ in .black }, &single)
      let (found, exact) = (Self.inkCenter(many), Self.inkCenter(single))
      #expect(abs(found.x - exact.x) < 0.075 && abs(found.y - exact.y) < 0.075, "\(place)")
      #expect(abs(found.ink - exact.ink) < exact.ink / 50, "\(place)")
    }
  }

  @Test
  func `A window cuts stamps as it cuts shapes`() {
    let window = Rect(x: 10, y: 12, width: 31, height: 25)
    var many = Canvas(size: Self.size)
    many.clipped(to: window) { $0.draw(dot(rim: true), at: places, color: .black) }
    var single = Canvas(size: Self.size)
    single.clipped(to: window) { oneByOne(dot(rim: true), places, { _ in .black }, &$0) }
    let differences = zip(many.bitmap().pixels, single.bitmap().pixels)
      .map { abs(Int($0) - Int($1)) }
    #expect(differences.max() ?? 0 <= 3)
    #expect(many.unlikeness(to: .white, in: Rect(x: 0, y: 0, width: 10, height: 60)) == 0)
  }

  @Test
  func `Stamps far outside, huge ones and empty ones harm nothing`() {
    var canvas = Canvas(size: Self.size)
    canvas.draw(
      dot(rim: true), at: (0..<200).map { (i: Int) -> Point in Point(Double(i) * 1e300, -1e18) },
      color: .black)
    canvas.draw(Stamp(), at: places, color: .black)
    canvas.draw(dot(rim: true), at: [], color: .black)
    #expect(canvas.bitmap() == Canvas(size: Self.size).bitmap())
    var huge = Stamp()
    huge.fill(.circle(center: .zero, radius: 5000))
    canvas.draw(huge, at: places, color: .black)
    #expect(canvas.unlikeness(to: .black, in: Rect(x: 0, y: 0, width: 60, height: 60)) == 0)
  }
}
