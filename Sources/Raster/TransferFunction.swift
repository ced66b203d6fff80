import ElementaryFunctions

/// Between the bytes of an sRGB picture and amounts of light, by table.
///
/// Light is measured in 16383rds of white. The sRGB standard's curve is
///
/// ```text
/// light = c / 12.92                      for c ≤ 0.04045
/// light = ((c + 0.055) / 1.055)^2.4      above
/// ```
struct TransferFunction: Sendable {
  /// White, as an amount of light.
  static let white = 16383

  /// The light of each byte.
  let light: [UInt16]
  /// The nearest byte for each amount of light.
  let byte: [UInt8]

  /// The one table, made at first use.
  static let srgb = TransferFunction()

  private init() {
    light = (0...255).map { UInt16((Self.decode(Double($0) / 255) * Double(Self.white)).rounded()) }
    var byte: [UInt8] = []
    byte.reserveCapacity(Self.white + 1)
    for code in 0...255 {
      // Amounts of light below that of the byte halfway to the next one belong to this byte.
      let limit = Self.decode((Double(code) + 0.5) / 255) * Double(Self.white)
      while byte.count <= Self.white, Double(byte.count) < limit || code == 255 {
        byte.append(UInt8(code))
      }
    }
    self.byte = byte
  }

  /// Calls a loop over pixels with both tables.
  @inline(__always)
  func withTables(
    _ loop: (_ light: UnsafeBufferPointer<UInt16>, _ byte: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    unsafe light.withUnsafeBufferPointer { light in
      unsafe byte.withUnsafeBufferPointer { byte in unsafe loop(light, byte) }
    }
  }

  /// The light, 0…1, of an encoded component, 0…1.
  static func decode(_ component: Double) -> Double {
    component > 0.04045
      ? Elementary.pow((component + 0.055) / 1.055, 2.4) : component / 12.92
  }
}

extension Color {
  /// How bright the colour is as an amount of light, 0 (black) to 1 (white), opacity ignored:
  /// 0.2126·R + 0.7152·G + 0.0722·B of the decoded components, as in the WCAG contrast formula.
  public var luminance: Double {
    0.2126 * TransferFunction.decode(red) + 0.7152 * TransferFunction.decode(green)
      + 0.0722 * TransferFunction.decode(blue)
  }
}
