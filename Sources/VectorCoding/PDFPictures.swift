import Raster

/// The pictures of a PDF file, each kept once.
struct PDFPictures {
  private var known = Numbering<PictureKey>()
  /// Names with the numbers of their objects.
  private(set) var names: [String] = []

  /// The name of a picture, written at its first use.
  mutating func name(
    _ picture: Bitmap, _ interpolation: Interpolation, _ objects: inout PDFObjects
  ) -> String {
    let isSmooth = interpolation == .smooth
    let (number, isNew) = known.number(of: PictureKey(bitmap: picture, isSmooth: isSmooth))
    let name = "P\(number)"
    guard isNew else { return name }
    let shown = isSmooth ? picture : picture.enlarged
    let isOpaque = Self.isOpaque(shown)
    var color: [UInt8] = []
    var opacity: [UInt8] = []
    let isGray = Self.isGray(shown)
    color.reserveCapacity(shown.pixels.count)
    for i in stride(from: 0, to: shown.pixels.count, by: 4) {
      color.append(shown.pixels[i])
      if !isGray { color += [shown.pixels[i + 1], shown.pixels[i + 2]] }
      if !isOpaque { opacity.append(shown.pixels[i + 3]) }
    }
    let common =
      "/Type /XObject /Subtype /Image /Width \(shown.width) /Height \(shown.height)"
      + " /BitsPerComponent 8"
    let mask =
      isOpaque
      ? "" : " /SMask \(objects.add(stream: opacity, common + " /ColorSpace /DeviceGray")) 0 R"
    let object = objects.add(
      stream: color, common + " /ColorSpace /Device\(isGray ? "Gray" : "RGB")" + mask)
    names.append("/\(name) \(object) 0 R")
    return name
  }

  private static func isOpaque(_ picture: Bitmap) -> Bool {
    for i in stride(from: 3, to: picture.pixels.count, by: 4) where picture.pixels[i] != 255 {
      return false
    }
    return true
  }

  private static func isGray(_ picture: Bitmap) -> Bool {
    let pixels = picture.pixels
    for i in stride(from: 0, to: pixels.count, by: 4)
    where pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2] {
      return false
    }
    return true
  }
}
