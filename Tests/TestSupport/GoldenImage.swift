import Foundation
import PNGCoding
public import Raster

/// A picture that is not the one it was, with where to look.
public struct GoldenMismatch: Error, CustomStringConvertible {
  /// What differs, and the folder with the pictures.
  public let description: String
}

/// Compares a picture with the one kept under `Goldens/` beside the test file, pixel by pixel as
/// decoded, so that another version of zlib changes nothing.
///
/// With the environment variable `LABKIT_REGENERATE_GOLDENS` set, the picture is kept as the new
/// golden one instead. Look at it before committing it.
///
/// - Parameters:
///   - bitmap: What the test drew.
///   - name: The file's name without `.png`.
/// - Throws: ``GoldenMismatch`` when a pixel differs, the sizes differ or there is no such file; the
///   folder that it names then has the picture, and beside it the golden one and their difference.
public func matchGolden(
  _ bitmap: Bitmap, _ name: String, filePath: String = #filePath
) throws {
  let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Goldens")
  let file = folder.appending(path: name + ".png")
  if ProcessInfo.processInfo.environment["LABKIT_REGENERATE_GOLDENS"] != nil {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(try PNGEncoder.encode(bitmap)).write(to: file)
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    let kept = try keep([("actual", bitmap)], name)
    throw GoldenMismatch(
      description: "there is no golden image \(file.path()); the picture drawn is in \(kept), and"
        + " LABKIT_REGENERATE_GOLDENS=1 makes it the golden one")
  }
  let golden = try PNGDecoder.decode([UInt8](data))
  guard let difference = BitmapDifference(golden, bitmap) else { return }
  var pictures = [("actual", bitmap), ("golden", golden)]
  if let picture = difference.picture { pictures.append(("difference", picture)) }
  let kept = try keep(pictures, name)
  throw GoldenMismatch(
    description: "the picture is not the golden image “\(name)”: \(difference.sentence);"
      + " look into \(kept), and if the new picture is right, run with"
      + " LABKIT_REGENERATE_GOLDENS=1")
}

/// Writes pictures into a folder for failures and returns its path.
private func keep(_ pictures: [(String, Bitmap)], _ name: String) throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "labkit-golden-failures")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (kind, bitmap) in pictures {
    let file = folder.appending(path: "\(name).\(kind).png")
    try Data(try PNGEncoder.encode(bitmap)).write(to: file)
  }
  return folder.path()
}
