import Testing

@testable import LabKit

/// Figures of a report as shapes.
@Suite struct ShapeTests {
  private static let lab = """
    import LabKit

    @main
    struct Small: Lab {
      let words = "no cell"
      //: Prose.
      func report() throws {
        //| fig-alt: "The loss falls"
        show(loss())
        //-
        show(loss())
      }

      func loss() -> Figure { Figure { LineMark(y: [3, 2, 1]) } }
    }
    """

  private func words(ofLine line: Int, keepsVectors: Bool = true) -> [String] {
    let file = SourceFile(fileID: "Small/Small.swift", path: "Small.swift", text: Self.lab)
    let session = Session(sources: [file], keepsVectors: keepsVectors) { _ in }
    var given: [String] = []
    let files = session.shapes("its own", fileID: file.fileID, line: line) { words in
      given.append(words)
      return [FigureFile(ending: "svg", bytes: [])]
    }
    #expect(files.count == given.count)
    return given
  }

  @Test func `Shapes have the words of their cell, and their own where it has none`() {
    #expect(words(ofLine: 9) == ["The loss falls"])
    #expect(words(ofLine: 11) == ["its own"])
    // Outside of cells: who calls from there is looked for, and this test is in no cell.
    #expect(words(ofLine: 14) == ["its own"])
  }

  @Test func `Shapes that nobody asked for are not made`() {
    #expect(words(ofLine: 9, keepsVectors: false) == [])
  }
}
