/// A way to write a picture: the layout of its pixels, and a choice of filters for its rows.
struct PixelWay: Sendable {
  let form: PixelForm
  let choice: FilterChoice
  /// All rows filtered, or those of a sample.
  private let filtered: [UInt8]
  private let isWhole: Bool

  /// - Parameter sample: The rows that are to tell the size.
  init(_ form: PixelForm, _ choice: FilterChoice, sample: [Int]?) {
    self.form = form
    self.choice = choice
    filtered = FilteredRows(form, by: choice, sample: sample).bytes
    isWhole = sample == nil
  }

  /// All rows.
  var rows: [UInt8] { isWhole ? filtered : FilteredRows(form, by: choice).bytes }

  /// How many bytes it takes, about; of a sample that many.
  func size(_ effort: Effort) -> Int { packed(filtered, effort).count }

  /// How many bits that takes, from a look at each row.
  var estimate: Int {
    SizeEstimate.bits(filtered, pixel: form.pixelBytes, period: form.rowBytes + 1)
  }

  /// Whether much is left to write of each row, as of photographs and of maps of measured values.
  var isSoft: Bool { estimate > filtered.count * 8 / 20 }

  /// Rows compressed.
  func packed(_ rows: [UInt8], _ effort: Effort) -> [UInt8] {
    Deflater.compress(rows, pixel: form.pixelBytes, period: form.rowBytes + 1, effort)
  }
}
