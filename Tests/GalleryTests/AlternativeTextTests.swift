import ArgumentParser
import Foundation
import Synchronization
import Testing

@testable import LabKit
@testable import Plotting
@testable import gallery

/// Everything that the gallery shows, its descriptions read against its data.
@Suite
struct AlternativeTextTests {
  /// The graphics of the gallery, in order.
  private static let shown: [any Graphic] = {
    let graphics = Mutex<[any Graphic]>([])
    ShownGraphics.$watcher.withValue({ graphic in graphics.withLock { $0.append(graphic) } }) {
      do {
        var command = try Gallery.parseAsRoot([])
        if let lab = command as? Gallery { try lab.report() } else { try command.run() }
      } catch { Issue.record("the gallery did not run: \(error)") }
    }
    return graphics.withLock { $0 }
  }()

  /// Every figure, also those that stand on grids.
  private static let figures = shown.flatMap { graphic -> [Figure] in
    (graphic as? Figure).map { [$0] } ?? (graphic as? FigureGrid)?.figures ?? []
  }

  @Test
  func `All kinds of graphics are here`() {
    #expect(Self.shown.count >= 40)
    #expect(Self.figures.count >= 60)
    let kinds = Set(Self.figures.flatMap(\.marks).map { "\(type(of: $0))" })
    #expect(kinds.count >= 17, "\(kinds)")
  }

  @Test
  func `Every number is a datum, and what must be said is said`() {
    for figure in Self.figures {
      let text = figure.alternativeText
      for mark in figure.marks {
        guard let facts = Facts.of(mark, in: figure) else {
          // The gallery's own mark says nothing of itself.
          #expect("\(type(of: mark))" == "StepMark", "no facts are known of \(type(of: mark))")
          continue
        }
        guard !mark.isEmpty else { continue }
        guard let clause = mark.summary(x: figure.x, y: figure.verticalAxis(of: mark)) else {
          Issue.record("\(text): nothing is said of \(type(of: mark))")
          continue
        }
        // Its first letter may be a capital, at the beginning of the sentence.
        #expect(text.contains(clause.dropFirst()), "“\(clause)” does not stand in “\(text)”")
        check(clause, facts, figure)
      }
    }
  }

  private func check(_ clause: String, _ facts: Facts, _ figure: Figure) {
    var rest = clause
    let axes = [
      figure.x.title, figure.y.title, figure.secondY?.title, figure.x.label, figure.y.label,
    ]
    for name in (facts.names + axes.compactMap { $0 }).sorted(by: { $0.count > $1.count }) {
      let plain = PlainText.of(name)
      // A name that is a number stands among the numbers.
      if Double(plain) != nil { continue }
      if name.contains(where: \.isNumber) || plain != name {
        rest = rest.replacing(plain, with: "…")
      }
    }
    let numbers = SpokenNumber.all(in: rest)
    for number in numbers {
      #expect(
        (facts.required + facts.allowed + facts.names.compactMap(Double.init))
          .contains { number.says($0) },
        "“\(number)” is no datum of “\(clause)”")
    }
    for datum in facts.required {
      #expect(numbers.contains { $0.says(datum) }, "\(datum) is not said in “\(clause)”")
    }
    for word in facts.words {
      #expect(clause.contains(PlainText.of(word)), "“\(word)” is not in “\(clause)”")
    }
    for word in facts.wrong {
      #expect(!clause.contains(" \(word) "), "“\(word)” is wrong in “\(clause)”")
    }
    for range in rest.matches(of: /from (\S+) to (\S+?)[ ,;)]/) {
      #expect(range.output.1 != range.output.2, "the ends read the same: “\(clause)”")
    }
  }

  @Test
  func `Titles, axes and names of series are said, without markup and with right plurals`() {
    for graphic in Self.shown {
      let text = graphic.alternativeText
      for mark in ["^{", "_{", "\n", "  ", "..", " ,", "nan", "inf", "Optional"] {
        #expect(!text.contains(mark), "“\(mark)” in “\(text)”")
      }
      #expect(text.last == ".")
      #expect(text.first?.isLowercase == false, "“\(text)” begins small")
      let plural = /\b1 (values|points|bars|boxes|cells|images|bins|arrows|outliers|steps|epochs)\b/
      #expect(text.firstMatch(of: plural) == nil, "“\(text)”")
    }
    for figure in Self.figures {
      let text = figure.alternativeText
      let names = figure.legendEntries.map(\.label) + figure.marks.compactMap(\.name)
      let titles = [figure.title, figure.x.title, figure.y.title, figure.secondY?.title]
      for name in titles.compactMap({ $0 }) + names {
        var plain = PlainText.of(name.replacing("\n", with: " "))
        // The legend says of a mark on the right where it is read; the sentence says so before it.
        if plain.hasSuffix(" (right)") { plain.removeLast(8) }
        // Entries of sizes are samples, no series.
        let isSample = figure.marks.contains { mark in
          mark.legendEntries(firstSeries: 0).contains {
            if case .sizedSymbol = $0.swatch { $0.label == name } else { false }
          }
        }
        #expect(isSample || text.contains(plain), "“\(plain)” is not in “\(text)”")
      }
    }
  }

  @Test
  func `What is missing from a picture is said with its number`() {
    var seen = 0
    for figure in Self.figures {
      for case let line as LineMark in figure.marks where !line.isEmpty {
        let text = figure.alternativeText
        let missing = zip(line.x, line.y).count { !$0.isFinite || !$1.isFinite }
        if missing > 0 { #expect(text.contains("\(missing) of \(line.y.count) values are NaN")) }
        let lost = line.y.count { $0 <= 0 }
        if figure.y.scale == .log && lost > 0 {
          #expect(text.contains("\(lost) values of “\(line.label ?? "")” ≤ 0 are not on the"))
        }
        seen += missing + (figure.y.scale == .log ? lost : 0)
      }
      if figure.marks.allSatisfy(\.isEmpty) {
        #expect(figure.alternativeText.hasSuffix("No data."))
        seen += 1
      }
    }
    #expect(seen >= 6)
  }

  @Test
  func `Grids of images and of tensors say their sizes, captions and sums`() throws {
    var sums = 0
    for graphic in Self.shown {
      let text = graphic.alternativeText
      if let grid = graphic as? ImageGrid {
        let first = try #require(grid.tiles.first)
        #expect(
          text.contains("\(grid.tiles.count) images of \(first.rows)×\(first.columns) pixels"))
        for tile in grid.tiles { #expect(text.contains("“\(PlainText.of(tile.caption))”")) }
      }
      guard let grid = graphic as? TensorGrid else { continue }
      for panel in grid.panels {
        let size = "\(panel.values.rows)×\(panel.values.columns) matrix “\(panel.caption)”"
        #expect(text.contains(size), "“\(size)” is not in “\(text)”")
      }
      for sum in text.matches(of: /([−\d·() +]+) = (−?\d+)/) {
        let terms = sum.output.1.split(separator: "+").map { term in
          term.split(separator: "·").map {
            Double($0.trimming("() ").replacing("−", with: "-")) ?? .nan
          }.reduce(1, *)
        }
        #expect(terms.reduce(0, +) == Double(sum.output.2.replacing("−", with: "-")))
        sums += 1
      }
    }
    #expect(sums >= 2)
  }
}

extension Substring {
  fileprivate func trimming(_ characters: String) -> String {
    trimmingCharacters(in: CharacterSet(charactersIn: characters))
  }
}
