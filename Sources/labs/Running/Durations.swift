import Foundation

/// How long each report took last time; kept among the build products, where nobody misses them.
struct Durations {
  private static let file = ".build/labs-durations.json"
  private(set) var seconds: [String: Double]

  /// What is known; nothing where nothing ran yet, or the file is broken.
  static var known: Durations {
    let data = FileManager.default.contents(atPath: file) ?? Data()
    return Durations(seconds: (try? JSONDecoder().decode([String: Double].self, from: data)) ?? [:])
  }

  mutating func note(_ path: String, _ time: Double) { seconds[path] = time }

  func save() {
    guard let data = try? JSONEncoder().encode(seconds) else { return }
    try? data.write(to: URL(filePath: Self.file), options: .atomic)
  }

  subscript(path: String) -> Double? { seconds[path] }
}
