import LabKit

extension Gallery {
  func themes() throws {
    //: ## Themes
    //:
    //: The same figure, drawn with the three themes: `.light` and `.dark` for screens, `.print` for
    //: paper, where series differ by dashes and symbols too. A theme is a value; change a copy for
    //: your own.
    var samples = Samples(seed: seed + 5)  //hide
    let losses = (1...3).map { samples.loss(30, floor: 0.1 * Double($0), halfLife: 4) }
    let figure = Figure("Three learning rates", x: Axis("epoch"), y: Axis("loss")) {
      for (rate, loss) in zip(["0.5", "0.1", "0.02"], losses) {
        LineMark(x: 1...30, y: loss, label: "rate \(rate)")
      }
    }

    //| label: fig-theme-light
    //| fig-cap: "The light theme."
    show(figure.render(theme: .light), alternativeText: figure.alternativeText, pixelsPerPoint: 2)
    //| label: fig-theme-dark
    //| fig-cap: "The dark theme."
    show(figure.render(theme: .dark), alternativeText: figure.alternativeText, pixelsPerPoint: 2)
    //| label: fig-theme-print
    //| fig-cap: "The print theme."
    show(figure.render(theme: .print), alternativeText: figure.alternativeText, pixelsPerPoint: 2)
    //| label: fig-theme-own
    //| fig-cap: "A theme of your own."
    var paper = Theme.light
    paper.plotBackground = Color(hex: 0xF4F1EA)
    paper.grid = .white
    paper.palette = Palette([Color(hex: 0x7A0019), Color(hex: 0x1C5D7A), Color(hex: 0x5A6B2F)])
    show(figure.render(theme: paper), alternativeText: figure.alternativeText, pixelsPerPoint: 2)

    //: ### Eight series
    //:
    //: The seven colours of a palette have a contrast of at least 3 : 1 with the page and can be told
    //: apart with every kind of colour vision; the eighth series begins again with another dash.
    //| label: fig-palette
    //| fig-cap: "The seven colours of the palette, and the first of them dashed."
    let palette = Figure("Eight series", x: Axis("x"), y: Axis("y"), legend: .right) {
      for index in 1...8 {
        LineMark(over: 0...1, label: "x^{\(index)}") { Elementary.pow($0, Double(index)) }
      }
    }
    show(palette)
  }
}
