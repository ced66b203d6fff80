/// How much work the search for a short stream is allowed: it bounds the time that a picture takes.
struct Effort {
  /// The steps down the trees of earlier places, about; a complicated picture gets fewer for each byte.
  let steps: Int
  /// The fewest and the most of them for a byte.
  let depths: ClosedRange<Int>
  /// A match of so many bytes is taken without a look at what begins within it.
  let enough: Int
  /// How often codes and way are found from each other; once less where the stretch before has told the
  /// codes.
  let rounds: Int

  /// Whether what lies within such a match is found again later.
  var remembers = true
  /// Whether nothing is looked for within runs and rows like the one above.
  var skips = true

  /// For bytes so few that time does not matter.
  static let exhaustive = Effort(
    steps: 1_000_000, depths: 4...64, enough: 258, rounds: 4, skips: false)
  /// For pictures as reports have them.
  static let thorough = Effort(steps: 10_000_000, depths: 6...256, enough: 258, rounds: 3)
  /// For large ones.
  static let quick = Effort(
    steps: 2_500_000, depths: 2...12, enough: 258, rounds: 2, remembers: false)
  /// To tell which of several ways is the shortest.
  static let trial = Effort(
    steps: 300_000, depths: 2...8, enough: 64, rounds: 1, remembers: false)
}
