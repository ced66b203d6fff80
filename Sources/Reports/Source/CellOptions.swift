/// What `//| key: value` lines say about the cell below them, with Quarto's names and meaning.
public struct CellOptions: Hashable, Sendable {
  /// Whether the code can be folded away.
  public enum CodeFold: String, Hashable, Sendable {
    /// `false`: always in sight.
    case never

    /// `true`: folded until the reader opens it.
    case folded

    /// `show`: foldable, open at first.
    case open
  }

  /// What becomes of the outputs.
  public enum OutputStyle: String, Hashable, Sendable {
    /// `true`: shown below the code.
    case shown

    /// `false`: left out.
    case hidden

    /// `asis`: what is printed is Markdown and woven in as it stands.
    case asIs
  }

  /// `label`: names the cell's figure or table, and its file; `fig-…` and `tbl-…` are numbered.
  public var label: String?

  /// `fig-cap`: the figure's caption, Markdown.
  public var figureCaption: String?

  /// `fig-alt`: the figure in words, plain text.
  public var figureAlternativeText: String?

  /// `tbl-cap`: the table's caption, Markdown.
  public var tableCaption: String?

  /// `echo`: whether the code is shown.
  public var echo = true

  /// `output`: whether, and how, the outputs are shown.
  public var output = OutputStyle.shown

  /// `include`: whether anything of the cell is shown.
  public var include = true

  /// `code-fold`: whether the code can be folded away.
  public var codeFold = CodeFold.never

  /// `volatile`: whether the outputs differ from run to run; the check asks for their form only.
  public var isVolatile = false

  /// `max-lines`: how many printed lines are shown before the middle of them is left out.
  public var mostLines = 80

  /// `max-rows`: how many rows of a table are shown before the middle of them is left out.
  public var mostRows = 100

  /// A cell that says nothing about itself.
  public init() {}
}

/// One `//| key: value`, continuation lines joined.
struct OptionLine {
  var key: String
  var value: String
  var line: Int
  /// Columns of key and value, counted from 1.
  var keyColumn: Int
  var valueColumn: Int
}

extension CellOptions {
  /// The keys, in the order in which the guide lists them.
  static let keys = [
    "label", "fig-cap", "fig-alt", "tbl-cap", "echo", "output", "include", "code-fold", "volatile",
    "max-lines", "max-rows",
  ]

  /// Sets one option.
  ///
  /// - Returns: A complaint in one sentence, or `nil`. The second element tells whether the key is
  ///   to blame and not the value.
  mutating func set(_ key: String, to value: String) -> (message: String, blamesKey: Bool)? {
    func truth(_ apply: (Bool) -> Void) -> (String, Bool)? {
      switch value {
      case "true": apply(true)
      case "false": apply(false)
      default: return ("'\(key)' is true or false, not '\(value)'", false)
      }
      return nil
    }
    switch key {
    case "label":
      guard Label.isUsable(value) else {
        return (
          "a label consists of letters, digits, '-' and '_' (it names a file), not '\(value)'",
          false
        )
      }
      label = value
    case "fig-cap": figureCaption = value
    case "fig-alt": figureAlternativeText = value
    case "tbl-cap": tableCaption = value
    case "echo": return truth { echo = $0 }
    case "include": return truth { include = $0 }
    case "volatile": return truth { isVolatile = $0 }
    case "max-lines", "max-rows":
      guard let count = Int(value), count >= 10 else {
        return ("'\(key)' is a whole number from 10 on, not '\(value)'", false)
      }
      if key == "max-lines" { mostLines = count } else { mostRows = count }
    case "output":
      switch value {
      case "true": output = .shown
      case "false": output = .hidden
      case "asis": output = .asIs
      default: return ("'output' is true, false or asis, not '\(value)'", false)
      }
    case "code-fold":
      switch value {
      case "true": codeFold = .folded
      case "false": codeFold = .never
      case "show": codeFold = .open
      default: return ("'code-fold' is true, false or show, not '\(value)'", false)
      }
    default:
      return (
        "unknown option '\(key)'\(Self.suggestion(for: key)); "
          + "the options are \(Self.keys.joined(separator: ", "))", true
      )
    }
    return nil
  }

  private static func suggestion(for key: String) -> String {
    // Quarto's and Swift's habits meet here: `figCap`, `fig.cap`, `fig_cap` all mean `fig-cap`.
    func folded(_ text: String) -> String {
      String(text.lowercased().filter { $0.isLetter })
    }
    guard let near = keys.first(where: { folded($0) == folded(key) }) else { return "" }
    return " (did you mean '\(near)'?)"
  }
}
