/// The names along a categorical axis. A name may come more than once, and each keeps its place:
/// the second “conv” of one mark stands where the second “conv” of another does.
enum Categories {
  /// The names of both, those of the first in front, each as often as the one has it that has it
  /// more often.
  static func union(_ first: [String], _ second: [String]) -> [String] {
    if first.isEmpty { return second }
    var left: [String: Int] = [:]
    for name in first { left[name, default: 0] += 1 }
    var result = first
    for name in second {
      let remaining = left[name, default: 0]
      if remaining > 0 { left[name] = remaining - 1 } else { result.append(name) }
    }
    return result
  }

  /// The names without markup, later ones of a kind numbered: conv, relu, conv (2).
  static func spoken(_ names: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return names.map { name in
      seen[name, default: 0] += 1
      let number = seen[name] ?? 1
      return PlainText.of(name) + (number > 1 ? " (\(number))" : "")
    }
  }
}

extension Projection {
  /// The places of names on a categorical axis: the second of a name gets the second place of that
  /// name. `nil` for names that the axis does not have.
  public func places(of names: [String]) -> [Int?] {
    var free: [String: [Int]] = [:]
    for (index, name) in categories.enumerated().reversed() {
      free[name, default: []].append(index)
    }
    return names.map { name in free[name]?.popLast() }
  }
}
