/// How a number is written for a reader: in prose, tables and claims as in pictures.
///
/// The same on every machine and in every place: digits are correctly rounded from the exact binary
/// value (halves as ``DecimalDigits`` says), the decimal sign is a point, thousands are set apart
/// by commas from 1,000 on, minus signs are true ones.
public enum NumberFormat: Codable, Hashable, Sendable {
  /// Whole numbers in full (`10,118`), others with up to four significant digits (`0.8981`, `0.1`),
  /// as powers of ten below 10⁻⁴ and from 10⁶ on.
  ///
  /// Zeros at the end are left out where the number really ends there, to six digits: a `1` is not
  /// 0.99997, which is written `1.000`. On an axis: just the digits that tell the ticks apart.
  case automatic

  /// The digits that name the number and no other, up to 17: `0.003`, `1×10⁻⁵`.
  case shortest

  /// A whole number, rounded: `10,118`.
  case integer

  /// That many digits after the point: `0.8980`.
  case decimal(places: Int)

  /// That many significant digits: `0.0312`, `2.30`; as a power of ten where zeros would hide which
  /// digits count: `7.21×10⁻⁹`, and 12,345 with three digits is `1.23×10⁴`.
  case significant(digits: Int)

  /// A power of ten with that many significant digits: `6.0×10⁻⁸` with two.
  case scientific(digits: Int)

  /// A fraction of one as percent: 0.898 is `89.8%`.
  case percent(decimals: Int)

  /// A metric prefix in front of the unit, with up to that many significant digits: `1.5 M`, `20 k`,
  /// `3 µ`.
  case metric(digits: Int)

  /// A value with its uncertainty, in the same unit: `9.88 ± 0.05`, `(1.235 ± 0.023)×10⁵`.
  ///
  /// The digits of both follow the uncertainty. Without `digits` it gets two where its first three
  /// digits are 100 to 354, else one (the rule of the Particle Data Group): `0.012`, `0.05`.
  /// `inPercent` writes both as percent: `(72 ± 6)%`.
  ///
  /// Writing traps where the uncertainty is below zero.
  case uncertain(by: Double, digits: Int? = nil, inPercent: Bool = false)

  /// How powers and what is missing are spelled.
  public enum Spelling: Hashable, Sendable {
    /// For Markdown and terminals: `10⁻⁸`, `NaN`.
    case text

    /// For pictures, in the markup of Raster's text: `10^{−8}`; not a number is a dash.
    case picture
  }

  /// Whether numbers are written as hundredths.
  public var isPercent: Bool {
    switch self {
    case .percent: true
    case .uncertain(_, _, let inPercent): inPercent
    default: false
    }
  }
}
