internal import Foundation

/// What TeX in a bibliography says, as text: accents as letters, dashes, quotes, formulas kept.
enum TeXText {
  /// A stretch of a text.
  enum Piece: Hashable, Sendable {
    case text(String)
    /// TeX between dollars.
    case math(String)
    case emphasis(String)
  }

  /// The text alone; formulas with their dollars.
  static func plain(_ tex: String) -> String {
    pieces(tex).map { piece in
      switch piece {
      case .text(let text), .emphasis(let text): text
      case .math(let tex): "$\(tex)$"
      }
    }.joined()
  }

  /// The pieces of a field.
  static func pieces(_ tex: String) -> [Piece] {
    var reader = Reader(rest: Array(tex)[...])
    reader.read()
    return reader.pieces
  }

  private struct Reader {
    var rest: ArraySlice<Character>
    var pieces: [Piece] = []
    private var text = ""
    /// For each open brace, whether it turns emphasis on or off.
    private var groups: [Bool] = []
    private var isEmphasised = false

    init(rest: ArraySlice<Character>) { self.rest = rest }

    private mutating func flush() {
      if !text.isEmpty {
        // Letters with their marks in one, where Unicode has such a letter.
        let text = text.precomposedStringWithCanonicalMapping
        pieces.append(isEmphasised ? .emphasis(text) : .text(text))
      }
      text = ""
    }

    mutating func read() {
      while let character = rest.popFirst() {
        switch character {
        case "{": groups.append(false)
        case "}":
          guard groups.popLast() ?? false else { continue }
          flush()
          isEmphasised.toggle()
        case "\\": command()
        case "$":
          // A dollar that nothing closes is money.
          guard let end = rest.firstIndex(of: "$"), end > rest.startIndex else {
            text.append("$")
            continue
          }
          flush()
          pieces.append(.math(String(rest[..<end])))
          rest = rest[(end + 1)...]
        case "~": text.append("\u{A0}")
        case "-" where rest.first == "-":
          rest.removeFirst()
          let isLong = rest.first == "-"
          if isLong { rest.removeFirst() }
          text.append(isLong ? "—" : "–")
        case "`", "'":
          let isDouble = rest.first == character
          if isDouble { rest.removeFirst() }
          text.append(character == "`" ? isDouble ? "“" : "‘" : isDouble ? "”" : "’")
        default: text.append(character)
        }
      }
      flush()
    }

    private mutating func command() {
      guard let first = rest.first else { return }
      guard first.isASCII, first.isLetter else {
        rest.removeFirst()
        if let mark = TeXText.accents[String(first)] {
          accent(mark)
        } else if "&%$#_{}".contains(first) {
          text.append(first)
        } else if first == "," {
          text.append("\u{202F}")
        } else if " ;:\\".contains(first) {
          text.append(" ")
        }
        return
      }
      let name = String(rest.prefix { $0.isASCII && $0.isLetter })
      rest = rest.dropFirst(name.count)
      if let symbol = TeXText.symbols[name] {
        skipSpace()
        // `\o{}` says where the command ends.
        if rest.starts(with: ["{", "}"]) { rest = rest.dropFirst(2) }
        text += symbol
      } else if name.count == 1, let mark = TeXText.accents[name] {
        skipSpace()
        accent(mark)
      } else if ["emph", "textit", "textsl"].contains(name), rest.first == "{" {
        rest.removeFirst()
        flush()
        groups.append(true)
        isEmphasised.toggle()
      } else {
        // Of any other command its argument counts: `\texttt{x}`, `\url{…}`, `{\bf x}`.
        skipSpace()
      }
    }

    private mutating func skipSpace() {
      while rest.first == " " { rest.removeFirst() }
    }

    /// A letter, in braces or not, with a mark above or below it.
    private mutating func accent(_ mark: Unicode.Scalar) {
      skipSpace()
      var isBraced = false
      if rest.first == "{" {
        isBraced = true
        rest.removeFirst()
      }
      var letter = ""
      if rest.first == "\\" {
        // A letter without its dot.
        let name = String(rest.dropFirst().prefix { $0.isASCII && $0.isLetter })
        letter = name == "i" ? "i" : name == "j" ? "j" : TeXText.symbols[name] ?? ""
        rest = rest.dropFirst(1 + name.count)
        skipSpace()
      } else if let next = rest.first, next != "}" {
        letter = String(next)
        rest.removeFirst()
      }
      text += letter
      text.unicodeScalars.append(mark)
      guard isBraced else { return }
      if rest.first == "}" { rest.removeFirst() } else { groups.append(false) }
    }
  }

  /// Marks that combine with the letter before them.
  private static let accents: [String: Unicode.Scalar] = [
    "`": "\u{300}", "'": "\u{301}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
    "u": "\u{306}", ".": "\u{307}", "\"": "\u{308}", "r": "\u{30A}", "H": "\u{30B}",
    "v": "\u{30C}", "d": "\u{323}", "c": "\u{327}", "k": "\u{328}", "b": "\u{331}",
  ]

  private static let symbols = [
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "pounds": "£",
    "copyright": "©", "textregistered": "®", "texttrademark": "™", "dots": "…", "ldots": "…",
    "textendash": "–", "textemdash": "—", "textbackslash": "\\", "textasciitilde": "~",
    "textquoteright": "’", "textquoteleft": "‘", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "textunderscore": "_", "textdollar": "$", "textdegree": "°", "degree": "°", "euro": "€",
  ]
}
