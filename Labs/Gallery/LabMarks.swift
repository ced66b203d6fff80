import LabKit

extension Gallery {
  func labMarks() throws {
    //: ## Times, levels, fits
    //:
    //: ### Dates and times
    //:
    //: A scale of time takes seconds since 1970, or a `Date`. Ticks lie on round times of the zone's
    //: clocks; the axis names the day and the zone. `IntervalMark` shades a stretch of an axis.
    let hours = (0..<36).map { 1_774_742_400 + Double($0) * 3600 }
    let load = hours.indices.map { 3 + 2 * Elementary.sin(Double($0) / 4) }

    //| label: fig-time
    //| fig-cap: "A day and a half of load, with the hours of a pause shaded."
    let time = Figure(
      "Load", x: Axis("time", scale: .time()), y: Axis("busy cores", includesZero: true)
    ) {
      IntervalMark(x: hours[10]...hours[16], label: "pause")
      LineMark(x: hours, y: load)
    }
    show(time)

    //: ### Level lines and filled contours
    let field = Matrix(rows: 61, columns: 81) { row, column in
      let (x, y) = (Double(column) / 20 - 2, 1.5 - Double(row) / 20)
      return x * x + 3 * y * y + Elementary.sin(3 * x)
    }

    //| label: fig-contours
    //| fig-cap: "A loss with two parameters, as lines with their levels and as areas."
    let contours = FigureGrid(columns: 2) {
      Figure("Lines", x: Axis("w_{1}"), y: Axis("w_{2}")) {
        ContourMark(field, x: -2...2, y: -1.5...1.5)
      }
      Figure("Areas", x: Axis("w_{1}"), y: Axis("w_{2}")) {
        ContourMark(field, x: -2...2, y: -1.5...1.5, isFilled: true, label: "loss")
      }
    }
    show(contours)

    //: ### A fit with its band
    //:
    //: Least squares from the data; the band is where the true line passes in 95 of 100 samples.
    var samples = Samples(seed: seed + 9)  //hide
    let sizes = (1...20).map { Double($0) * 50 }
    let times = sizes.map { 2 + 0.03 * $0 + 2 * samples.normal() }

    //| label: fig-fit
    //| fig-cap: "Measured times, and the line through them with its band."
    let fit = Figure("Scaling", x: Axis("images"), y: Axis("time", unit: "ms")) {
      PointMark(x: sizes, y: times, label: "measured")
      FitMark(x: sizes, y: times, label: "fit")
    }
    show(fit)

    //: ### Colour and size by value
    let widths = (0..<40).map { _ in samples.normal() }
    let depths = (0..<40).map { _ in samples.normal() }

    //| label: fig-values
    //| fig-cap: "Points that say a third value by their colour, or by their area."
    let values = FigureGrid(columns: 2) {
      Figure("Colour", x: Axis("width"), y: Axis("depth")) {
        PointMark(x: widths, y: depths).colored(by: 1...40, label: "trial")
      }
      Figure("Size", x: Axis("width"), y: Axis("depth")) {
        PointMark(x: widths, y: depths, opacity: 0.6).sized(by: 1...40, label: "trial")
      }
    }
    show(values)

    //: ### Violins and densities
    let swift = samples.normals(120, mean: 5.9, deviation: 0.4)
    let jax = samples.normals(120, mean: 7, deviation: 0.9)

    //| label: fig-violins
    //| fig-cap: "The shapes of two samples, and their densities."
    let violins = FigureGrid(columns: 2) {
      Figure("Violins", y: Axis("time", unit: "ms")) { ViolinMark(["Swift": swift, "JAX": jax]) }
      Figure("Densities", x: Axis("time", unit: "ms")) {
        DensityMark(swift, label: "Swift")
        DensityMark(jax, label: "JAX")
      }
    }
    show(violins)

    //: ### Arrows and pictures
    //:
    //: Arrows are as long as their vectors, on the axes; a picture in its own colours fills a rectangle
    //: of the plane.
    var (x, y, dx, dy): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for row in 0..<5 {
      for column in 0..<7 {
        let (here, there) = (Double(column) * 0.6 - 1.8, Double(row) * 0.6 - 1.2)
        x.append(here)
        y.append(there)
        dx.append(-2 * here - 3 * Elementary.cos(3 * here))
        dy.append(-6 * there)
      }
    }
    var picture = Bitmap(width: 48, height: 36)
    for row in 0..<36 {
      for column in 0..<48 {
        let (right, down) = (Double(column) / 47, Double(row) / 35)
        let green: Double = 0.55 + 0.35 * right * (1 - down)
        picture[column, row] = Color(red: 0.95 - 0.5 * down, green: green, blue: 0.35 + 0.6 * down)
      }
    }

    //| label: fig-arrows
    //| fig-cap: "Left, the way down from each point of the loss above; right, a picture with points on it."
    let arrows = FigureGrid(columns: 2) {
      Figure("The way down", x: Axis("w_{1}"), y: Axis("w_{2}")) {
        ContourMark(field, x: -2...2, y: -1.5...1.5, color: .muted)
        ArrowMark(x: x, y: y, dx: dx, dy: dy, label: "−gradient", scale: 0.08)
      }
      Figure("A picture", x: Axis("x", unit: "m"), y: Axis("y", unit: "m")) {
        PictureMark(picture, x: 0...4, y: 0...3, label: "an evening")
        PointMark(x: [1, 2.2, 3.1], y: [0.6, 1.9, 1.1], label: "lamps", color: .foreground)
      }
    }
    show(arrows)
  }
}
