extension Figure {
  /// Traps with a sentence when axes and marks do not go together.
  func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
    checkCategories(of: x, "horizontal", MarkChecks("Figure", title, file, line)) { $0.xDemand }
    checkCategories(of: y, "vertical", MarkChecks("Figure", title, file, line)) { $0.yDemand }
    checkBars(MarkChecks("Figure", title, file, line))
    checkGroups(MarkChecks("Figure", title, file, line))
    checkCells(MarkChecks("Figure", title, file, line))
  }

  /// Boxes of two marks over one category lie on each other, and so do violins.
  private func checkGroups(_ checks: MarkChecks) {
    let all = marks.map { ($0 as? SecondAxisMark)?.mark ?? $0 }
    for (what, kind, groups) in [
      ("boxes", "BoxMark", all.compactMap { ($0 as? BoxMark)?.categories }),
      ("violins", "ViolinMark", all.compactMap { ($0 as? ViolinMark)?.categories }),
    ] {
      for (index, later) in groups.enumerated() {
        let earlier = Set(groups[..<index].joined())
        guard let place = later.first(where: earlier.contains) else { continue }
        checks.fail(
          "the \(what) of two marks lie on each other at “\(place)”; one \(kind) with all groups sets "
            + "them side by side")
      }
    }
  }

  /// The cells of a heat map are counted from 0, which has no logarithm.
  private func checkCells(_ checks: MarkChecks) {
    guard marks.contains(where: { $0 is HeatmapMark }) else { return }
    for (axis, side) in [(x, "horizontal"), (y, "vertical")] where axis.scale == .log {
      checks.fail(
        "the cells of a heat map are counted from 0, which has no place on a logarithmic \(side) axis; "
          + "an ImageMark lies between two values")
    }
  }

  /// Names have no place on an axis of ratios or of time, nor numbers alone on one of names.
  private func checkCategories(
    of axis: Axis, _ side: String, _ checks: MarkChecks, _ demand: (any Mark) -> AxisDemand
  ) {
    let what: String
    switch axis.scale {
    case .automatic, .linear: return
    case .log, .symlog: what = "a logarithmic"
    case .time: what = "a time"
    case .categorical:
      let demands = marks.filter { !$0.isOnSecondAxis || side == "horizontal" }.map(demand)
      checks.require(
        demands.allSatisfy { $0.values == nil } || demands.contains { !$0.categories.isEmpty },
        "the \(side) axis is one of categories, and no mark names any")
      return
    }
    for mark in marks where !mark.isOnSecondAxis || side == "horizontal" {
      guard let name = demand(mark).categories.first else { continue }
      checks.fail("“\(name)” is a name, which has no place on \(what) \(side) axis")
    }
  }

  /// Bars of two marks over one category lie on each other: the later ones hide the earlier ones, or
  /// look stacked on them. Marks do not know each other, so the figure refuses what they cannot mean.
  ///
  /// Bars narrower than those behind them are seen as what they are, and so are bars that stand where
  /// the other mark has none.
  private func checkBars(_ checks: MarkChecks) {
    let bars = marks.compactMap { ($0 as? SecondAxisMark)?.mark as? BarMark ?? $0 as? BarMark }
    guard bars.count > 1 else { return }
    checks.require(
      Set(bars.map(\.isHorizontal)).count == 1,
      "standing and lying bars have no axis in common: two figures show them")
    for (index, later) in bars.enumerated() {
      for earlier in bars[..<index] where earlier.isHorizontal == later.isHorizontal {
        guard later.fill >= earlier.fill, let place = later.covers(earlier) else { continue }
        checks.fail(
          "the bars of \(later.spokenName) lie on those of \(earlier.spokenName) at “\(place)”; one "
            + "BarMark with both series sets them side by side, or stacks them")
      }
    }
  }
}

extension BarMark {
  fileprivate var spokenName: String { name.map { "“\($0)”" } ?? "a mark without a label" }

  /// The first category, if there is one, at which both marks have a bar.
  fileprivate func covers(_ other: BarMark) -> String? {
    struct Place: Hashable {
      var name: String
      var ordinal: Int
    }
    func places(_ mark: BarMark) -> [Place] {
      var seen: [String: Int] = [:]
      return mark.categories.indices.compactMap { index in
        let name = mark.categories[index]
        seen[name, default: 0] += 1
        let hasBar = mark.series.contains { !($0.values[index].isNaN || $0.values[index] == 0) }
        return hasBar ? Place(name: name, ordinal: seen[name] ?? 1) : nil
      }
    }
    let theirs = Set(places(other))
    return places(self).first { theirs.contains($0) }?.name
  }
}
