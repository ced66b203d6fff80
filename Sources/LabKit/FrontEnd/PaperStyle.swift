/// What LaTeX has to be told so that a report looks like one on paper.
enum PaperStyle {
  /// For the preamble. The default fonts lack the marks of verdicts and small figures, and a line of
  /// code that is too long would run off the page.
  static let preamble: String = {
    let marks = [
      ("✓", #"\ensuremath{\checkmark}"#), ("✗", #"\ensuremath{\times}"#), ("−", #"\ensuremath{-}"#),
      ("⁻", #"\textsuperscript{\ensuremath{-}}"#), ("∞", #"\ensuremath{\infty}"#),
      ("∂", #"\ensuremath{\partial}"#), ("≤", #"\ensuremath{\leq}"#), ("≥", #"\ensuremath{\geq}"#),
      ("≠", #"\ensuremath{\neq}"#), ("≈", #"\ensuremath{\approx}"#), ("·", #"\ensuremath{\cdot}"#),
      ("→", #"\ensuremath{\rightarrow}"#), ("∇", #"\ensuremath{\nabla}"#),
      ("√", #"\ensuremath{\surd}"#), ("α", #"\ensuremath{\alpha}"#), ("β", #"\ensuremath{\beta}"#),
      ("σ", #"\ensuremath{\sigma}"#), ("∘", #"\ensuremath{\circ}"#), ("⊛", "*"),
      ("⟨", #"\ensuremath{\langle}"#), ("⟩", #"\ensuremath{\rangle}"#),
      ("ᵀ", #"\textsuperscript{T}"#),
      ("\u{202F}", #"\,"#),
    ]
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹").enumerated().map { index, digit in
      (String(digit), #"\textsuperscript{\#(index)}"#)
    }
    let lower = Array("₀₁₂₃₄₅₆₇₈₉").enumerated().map { index, digit in
      (String(digit), #"\textsubscript{\#(index)}"#)
    }
    let definitions = (marks + digits + lower).map { #"\newunicodechar{\#($0.0)}{\#($0.1)}"# }
    return #"""
      \usepackage{amssymb}
      \IfFileExists{newunicodechar.sty}{\usepackage{newunicodechar}
      \#(definitions.joined(separator: "\n"))
      }{}
      \IfFileExists{fvextra.sty}{\usepackage{fvextra}
      \AtBeginDocument{%
        \fvset{breaklines,breakanywhere,fontsize=\small}%
        \ifcsname Highlighting\endcsname
          \RecustomVerbatimEnvironment{Highlighting}{Verbatim}%
            {commandchars=\\\{\},breaklines,breakanywhere,fontsize=\small}%
        \fi
      }}{}
      \IfFontExistsTF{DejaVu Serif}{\setmainfont[Scale=0.9]{DejaVu Serif}}{}
      \IfFontExistsTF{DejaVu Sans Mono}{\setmonofont[Scale=0.85]{DejaVu Sans Mono}}{}
      \raggedbottom

      """#
  }()

  /// What pandoc's templates are told.
  static let variables = ["papersize:a4", "geometry:margin=22mm", "colorlinks:true"]
}
