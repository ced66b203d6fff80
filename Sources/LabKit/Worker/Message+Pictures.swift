import Raster

/// Pictures of a figure travel as pixels: as text they would be a third longer, and a file is made of them
/// where nobody waits for it.
extension Message {
  /// In front of each picture: width, height, tolerance (4 each), pixels per point (8).
  private static let pictureHeaderCount = 4 + 4 + 4 + 8

  /// The body of a message: the length of an event (4), the event, the pictures.
  static func encoded(_ pictures: [(picture: PixelPicture, bitmap: Bitmap)], after json: [UInt8])
    -> [UInt8]
  {
    var body: [UInt8] = []
    body.reserveCapacity(
      pictures.reduce(4 + json.count) { $0 + pictureHeaderCount + $1.bitmap.pixels.count })
    body.append(littleEndian: json.count, count: 4)
    body += json
    for (picture, bitmap) in pictures {
      body.append(littleEndian: bitmap.width, count: 4)
      body.append(littleEndian: bitmap.height, count: 4)
      body.append(littleEndian: picture.tolerance, count: 4)
      body.append(
        littleEndian: Int(bitPattern: UInt(picture.pixelsPerPoint.bitPattern)), count: 8)
      body += bitmap.pixels
    }
    return body
  }

  /// The event and the pictures of a body.
  static func pictures(
    _ body: ArraySlice<UInt8>
  ) throws -> (json: ArraySlice<UInt8>, pictures: [PixelPicture]) {
    var rest = body
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard 0...rest.count ~= count else { throw BrokenStream() }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func integer(_ count: Int) throws -> Int {
      let bytes = try take(count)
      return bytes.integer(at: bytes.startIndex, count: count)
    }
    let json = try take(integer(4))
    var pictures: [PixelPicture] = []
    while !rest.isEmpty {
      let (width, height) = (try integer(4), try integer(4))
      let tolerance = try integer(4)
      let scale = Double(bitPattern: UInt64(UInt(bitPattern: try integer(8))))
      // No more pixels than bytes can follow, so the product fits.
      guard width > 0, height > 0, max(width, height) <= rest.count, tolerance < 256, scale > 0,
        scale.isFinite
      else { throw BrokenStream() }
      let pixels = Array(try take(4 * width * height))
      pictures.append(
        PixelPicture(
          Bitmap(width: width, height: height, pixels: pixels), pixelsPerPoint: scale,
          tolerance: tolerance))
    }
    return (json, pictures)
  }
}

extension Event {
  /// The event without pixels, and them; nil where a picture of it is a file, or it has none.
  func takingPixels() -> (Event, [(picture: PixelPicture, bitmap: Bitmap)])? {
    guard case .show(var shown) = self, case .figure(var figure) = shown.output else { return nil }
    let pictures = figure.images.compactMap { image in
      image.pixels.flatMap { picture in picture.bitmap.map { (picture: picture, bitmap: $0) } }
    }
    guard !pictures.isEmpty, pictures.count == figure.images.count else { return nil }
    figure.images = figure.images.map { FigureImage($0.appearance, png: []) }
    shown.output = .figure(figure)
    return (.show(shown), pictures)
  }

  /// The event with pictures in the places where it has none.
  func giving(_ pictures: [PixelPicture]) throws -> Event {
    guard case .show(var shown) = self, case .figure(var figure) = shown.output,
      figure.images.count == pictures.count
    else { throw Message.BrokenStream() }
    figure.images = zip(figure.images, pictures).map { FigureImage($0.appearance, pixels: $1) }
    shown.output = .figure(figure)
    return .show(shown)
  }
}
