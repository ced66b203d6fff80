import Raster

/// Numbers what a file defines once and names wherever it is used.
struct Numbering<Key: Hashable> {
  private var known: [Key: Int] = [:]

  /// The number of a key, and whether it was not known before.
  mutating func number(of key: Key) -> (number: Int, isNew: Bool) {
    if let number = known[key] { return (number, false) }
    known[key] = known.count
    return (known.count - 1, true)
  }
}

/// What tells pictures apart: with sharp pixels they are other files than with soft ones.
struct PictureKey: Hashable {
  var bitmap: Bitmap
  var isSmooth: Bool
}
