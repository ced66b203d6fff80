//: # Gallery: every mark, scale and theme
//:
//: What `Plotting` can draw, each figure under the code that made it. A figure is a value: axes,
//: and marks between them. Domains, ticks, margins, colours and the legend's place are found from
//: the data; what you give stays as you gave it.
//:
//: Every figure here is drawn twice, for light and for dark pages, and your browser shows the one
//: that suits. The sentence that describes a figure to those who cannot see it is made from the
//: data as well.
import LabKit

@main
struct Gallery: Lab {
  @Option(help: "Seed of the random data.")
  var seed: UInt64 = 6

  func report() throws {
    try lines()
    try points()
    try bars()
    try distributions()
    try labMarks()
    try matrices()
    try tensorGrids()
    try scales()
    try axesAndColors()
    try composition()
    try themes()
    try trouble()
    try extending()
  }
}
