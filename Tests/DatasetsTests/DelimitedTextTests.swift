import Datasets
import SystemCalls
import Tensors
import Testing

/// Rows and fields of CSV files, sound and odd.
struct DelimitedTextTests {
  static func rows(_ text: String, _ delimiter: Character? = nil) throws -> [[String]] {
    try DelimitedText(bytes: Array(text.utf8), delimiter: delimiter, path: "a.csv").rows.map {
      $0.map(\.text)
    }
  }

  static func fault(_ text: String, _ delimiter: Character? = ",") -> String {
    do {
      return "\(try rows(text, delimiter))"
    } catch { return "\(error)" }
  }

  @Test func `Reads what the rule says`() throws {
    let cases: [(text: String, rows: [[String]])] =
      [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        // The last line needs no end, and its last field may be empty.
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\n\n\n1,2\n\n", [["a", "b"], ["1", "2"]]),
        ("\"a\",\"b, c\"\n\"1 \"\"2\"\"\",\"x\ny\"", [["a", "b, c"], ["1 \"2\"", "x\ny"]]),
        ("\"a\r\nb\",c", [["a\r\nb", "c"]]),
        ("a\tb\n1,5\t2", [["a", "b"], ["1,5", "2"]]),
        ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
        ("\"a;b\",c,d", [["a;b", "c", "d"]]),
        ("a\n1\n\"\"\n2", [["a"], ["1"], [""], ["2"]]),
        // A line separator of Unicode is no line's end in CSV.
        ("a,b\n\u{2028}x,\u{85}y\u{0B}", [["a", "b"], ["\u{2028}x", "\u{85}y\u{0B}"]]),
        (" a , b \n", [[" a ", " b "]]),
        ("", []), ("\n\n", []), (",", [["", ""]]),
      ] as [(String, [[String]])]
    for (text, rows) in cases {
      #expect(try Self.rows(text) == rows)
    }
  }

  @Test func `Knows where fields stand`() throws {
    let text = try DelimitedText(bytes: Array("a,b\r\n\"x\r\ny\",ü,z\n\n  7,8".utf8))
    let last = text.rows[1]
    #expect(last.map(\.line) == [2, 3, 3] && last.map(\.column) == [1, 4, 6])
    #expect(text.rows[2].map(\.line) == [5, 5] && text.rows[2].map(\.column) == [1, 5])
    #expect(last.map(\.isQuoted) == [true, false, false])
  }

  @Test(arguments: [
    ("a,b\n1,\"2\n3\n", "a.csv: line 2, column 3: the quote that opens here is never closed"),
    (
      "a,b\n1,\"2\"3\n",
      "a.csv: line 2, column 6: after the closing quote something follows that is no delimiter"
    ),
    (
      "a,b\n1,5\" pipe\n",
      "a.csv: line 2, column 4: a quote stands in a field that does not begin with one; put the "
        + "field in quotes and double those in it"
    ),
    ("a\0b\n", "a.csv: line 1, column 1: holds a NUL: this is no text"),
  ])
  func `Says line and column of a fault`(text: String, sentence: String) {
    #expect(Self.fault(text) == sentence)
  }

  /// `"\r\n"` is one character, whose `asciiValue` is that of a line feed.
  @Test(arguments: ["\r\n", "\n", "\r", "\"", "ü"] as [Character])
  func `What cannot stand between fields is refused`(delimiter: Character) {
    #expect(throws: FileError.self) {
      try DelimitedText(bytes: Array("a,b\r\n1,2\r\n".utf8), delimiter: delimiter)
    }
  }

  @Test func `Other encodings are named`() {
    func fault(_ bytes: [UInt8]) -> String? {
      #expect(throws: FileError.self) { try DelimitedText(bytes: bytes, path: "a.csv") }?
        .description
    }
    #expect(fault([0xff, 0xfe, 0x61, 0]) == "a.csv: is UTF-16; save it as UTF-8")
    #expect(
      fault(Array("a,b\n1,".utf8) + [0xe9, 0x0a])
        == "a.csv: line 2, column 3: is no UTF-8; save the file in that encoding")
    #expect(
      fault([0x50, 0x4b, 3, 4, 0]) == "a.csv: is a workbook or an archive; save the sheet as CSV")
    #expect(Self.fault("a,b", "\"") == "a.csv: '\"' cannot stand between fields")
  }

  /// Fields of any characters, written by the rule and read again.
  @Test func `What is written by the rule is read again`() throws {
    var random = SplitMix64(seed: 4180)
    let pieces = [
      "a", "ü", "1.5", ",", ";", "\t", "\"", "\n", "\r\n", "\r", " ", "👩‍🔬", "", "|", "\u{FEFF}",
    ]
    for _ in 0..<2_000 {
      let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
      let width = Int.random(in: 1...4, using: &random)
      let table = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
          }.joined()
        }
      }
      let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      let text = table.map { row in
        row.map { field in
          field.unicodeScalars.contains { "\"\r\n,;\t|\u{FEFF}".unicodeScalars.contains($0) }
            || field.isEmpty
            ? "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
            : field
        }.joined(separator: delimiter)
      }.joined(separator: end)
      #expect(try Self.rows(text, Character(delimiter)) == table, "\(text.debugDescription)")
    }
  }

  /// Whatever bytes come: rows or one sentence with a place, never a trap.
  @Test func `Odd files never trap`() {
    var random = SplitMix64(seed: 17)
    let seeds: [[UInt8]] = [
      Array("length (m),period (s)\r\n0.10,0.63\r\n0.20,NA\r\n\"0,3\",1.1 ± 0.02\r\n".utf8),
      [0xef, 0xbb, 0xbf] + Array("a;b\n1,5;\"x\"\"y\"\n".utf8),
    ]
    for round in 0..<20_000 {
      var bytes = seeds[round % 2]
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 1:
          bytes.insert(contentsOf: Array("\",;\n\r\t".utf8).shuffled(using: &random), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        default: bytes.removeSubrange(place...)
        }
      }
      do {
        let table = try DataTable(bytes: bytes, name: "odd.csv")
        #expect(table.columns.allSatisfy { $0.count == table.count })
      } catch {
        #expect(error.path == "odd.csv" && !error.reason.isEmpty)
      }
    }
  }
}
