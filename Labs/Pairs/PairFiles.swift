import Foundation
import LabKit
import PNGCoding

/// Writes figures and their data for the other side, where a folder is given.
struct PairFiles {
  let folder: String?

  /// Writes `name.png` and `name.json`; values are arrays of numbers or names, which Swift prints as
  /// JSON does.
  func write(_ name: String, _ figure: some Graphic, _ data: KeyValuePairs<String, Any>) throws {
    guard let folder else { return }
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let picture = try PNGEncoder.encode(figure.render(), pixelsPerPoint: 2)
    try Data(picture).write(to: url.appending(path: name + ".png"))
    var fields = ["\"width\": \(figure.size.width)", "\"height\": \(figure.size.height)"]
    for (key, value) in data { fields.append("\"\(key)\": \(value)") }
    let text = "{\n\(fields.joined(separator: ",\n"))\n}\n"
    try Data(text.utf8).write(to: url.appending(path: name + ".json"))
  }
}

/// Data for the figures, the same in every run.
struct Samples {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func normal() -> Double { normals(1)[0] }

  mutating func normals(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    Tensor.normal([count], using: &random).elements.map { mean + deviation * Double($0) }
  }
}
