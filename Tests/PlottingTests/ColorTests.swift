import Raster
import Testing

@testable import Plotting

@Suite
struct ColorTests {
  private func contrast(_ a: Color, _ b: Color) -> Double {
    let (bright, dim) = (max(a.luminance, b.luminance), min(a.luminance, b.luminance))
    return (bright + 0.05) / (dim + 0.05)
  }

  @Test(arguments: [Colormap.viridis, .cividis, .gray])
  func `Sequential maps change evenly in lightness`(map: Colormap) {
    let luminances = (0...64).map { map(Double($0) / 64).luminance }
    #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test
  func `The maps that turn with the theme begin near its background`() {
    for (map, place) in [(Colormap.blues, 0.0), (.diverging, 0.5)] {
      #expect(contrast(map(place), Theme.light.background) < 1.2)
      #expect(contrast(map(place, isDark: true), Theme.dark.background) < 1.6)
    }
  }

  @Test
  func `Both sides of the diverging map weigh the same`() {
    for step in 1...10 {
      let distance = Double(step) / 20
      let (a, b) = (Colormap.diverging(0.5 - distance), Colormap.diverging(0.5 + distance))
      #expect((a.luminance - b.luminance).magnitude < 0.06)
    }
  }

  @Test(arguments: [Theme.light, .dark, .print])
  func `Words read well in every theme`(theme: Theme) {
    #expect(contrast(theme.foreground, theme.background) > 10)
    #expect(contrast(theme.muted, theme.background) > 4.5)
    for color in theme.palette.colors {
      #expect(contrast(color, theme.background) >= 3)
    }
  }

  @Test
  func `Words on a colour have at least WCAG's contrast for large type`() {
    for step in 0...100 {
      for map in [Colormap.viridis, .blues, .diverging] {
        let ground = map(Double(step) / 100)
        #expect(contrast(Theme.light.textColor(on: ground), ground) > 3.5)
      }
    }
  }

  @Test
  func `A value that is not a number is transparent, one beyond the ends has their colour`() {
    #expect(Colormap.viridis(.nan) == .clear)
    #expect(Colormap.viridis(7) == Colormap.viridis(1))
    #expect(Colormap.viridis.reversed(0) == Colormap.viridis(1))
    #expect(Colormap.gray(0.5).red == 0.5)
  }
}
