import Requirements

/// A colour in the sRGB space with an opacity, each component from 0 to 1.
///
/// The components are the encoded ones, as in a CSS colour or a PNG file, not linear light.
public struct Color: Sendable, Hashable {
  /// The red component, 0…1.
  public var red: Double
  /// The green component, 0…1.
  public var green: Double
  /// The blue component, 0…1.
  public var blue: Double
  /// The opacity: 0 is invisible, 1 hides what is behind.
  public var alpha: Double

  /// The colour with the given components; values outside 0…1 are clamped. Traps on NaN.
  public init(
    red: Double, green: Double, blue: Double, alpha: Double = 1, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      !(red.isNaN || green.isNaN || blue.isNaN || alpha.isNaN),
      "Color: red \(red), green \(green), blue \(blue), alpha \(alpha) is no colour", file: fileID,
      line: line)
    self.red = Self.clamp(red)
    self.green = Self.clamp(green)
    self.blue = Self.clamp(blue)
    self.alpha = Self.clamp(alpha)
  }

  /// The opaque colour written as in HTML: `Color(hex: 0x1f77b4)`.
  public init(hex: UInt32) {
    self.init(
      red: Double((hex >> 16) & 255) / 255, green: Double((hex >> 8) & 255) / 255,
      blue: Double(hex & 255) / 255)
  }

  /// The grey of the given encoded level, 0 (black) to 1 (white).
  public init(gray: Double, alpha: Double = 1) {
    self.init(red: gray, green: gray, blue: gray, alpha: alpha)
  }

  /// Opaque white.
  public static let white = Color(gray: 1)
  /// Opaque black.
  public static let black = Color(gray: 0)
  /// Nothing at all.
  public static let clear = Color(gray: 0, alpha: 0)

  /// The colour with its opacity multiplied by `factor`.
  public func opacity(_ factor: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: alpha * factor)
  }

  /// The colour `fraction` of the way to `other`, component by component in the encoded space.
  public func mixed(with other: Color, _ fraction: Double) -> Color {
    Color(
      red: red + (other.red - red) * fraction, green: green + (other.green - green) * fraction,
      blue: blue + (other.blue - blue) * fraction, alpha: alpha + (other.alpha - alpha) * fraction)
  }

  /// The four components as bytes, the nearest 255ths.
  package var bytes: (red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8) {
    (Self.byte(red), Self.byte(green), Self.byte(blue), Self.byte(alpha))
  }

  private static func clamp(_ value: Double) -> Double { value > 0 ? min(value, 1) : 0 }

  private static func byte(_ value: Double) -> UInt8 { UInt8(value * 255 + 0.5) }
}
