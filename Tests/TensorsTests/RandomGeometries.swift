import Foundation
import Tensors

/// The share of the random cases that is tried. `.ci/sanitize` asks for a tenth: the slow twins take
/// minutes where each touch of memory is looked at, and a tenth of the cases takes the same paths.
private let share =
  ProcessInfo.processInfo.environment["LABKIT_SHARE_OF_CASES"].flatMap { Double($0) } ?? 1

private func cases(_ count: Int) -> Int { max(1, Int(Double(count) * share)) }

/// Geometries drawn at random: batches around the vector width, odd channel counts, rectangular
/// kernels, strides, dilations, groups, padding that crops.
func randomGeometries(_ count: Int, seed: UInt64) -> [ConvolutionGeometry] {
  var random = SplitMix64(seed: seed)
  func pick(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.nextIndex(below: range.count)
  }
  var geometries: [ConvolutionGeometry] = []
  while geometries.count < cases(count) {
    let groups = [1, 1, 1, 2, 3][pick(0...4)]
    let items = [1, 2, 3, 5, 15, 16, 17, 33][pick(0...7)]
    let input: Shape = [items, groups * pick(1...5), pick(1...13), pick(1...19)]
    let kernel: Shape = [groups * pick(1...9), input[1] / groups, pick(1...5), pick(1...7)]
    let padding: Padding =
      switch pick(0...4) {
      case 0: .valid
      case 1: .same
      case 2: .full
      case 3: .all(pick(0...3))
      default:
        .explicit(
          top: pick(-2...4), bottom: pick(-2...4), left: pick(-2...4), right: pick(-2...4))
      }
    let stride = Extent2D(height: pick(1...3), width: [1, 1, 2, 3][pick(0...3)])
    let dilation = Extent2D(height: pick(1...3), width: [1, 1, 2, 3][pick(0...3)])
    do {
      let geometry = try ConvolutionGeometry(
        checking: input, kernel: kernel, stride: stride, dilation: dilation, padding: padding,
        groups: groups)
      if geometry.multiplyAdds < 300_000 { geometries.append(geometry) }
    } catch {
      continue  // A window that does not fit: draw again.
    }
  }
  return geometries
}

/// Geometries whose kernels are one cell and whose channels are many enough for loops of their own:
/// wide and narrow rows, groups, strides, padding, batches that are folded.
func pointGeometries(_ count: Int, seed: UInt64) -> [ConvolutionGeometry] {
  var random = SplitMix64(seed: seed)
  func pick(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.nextIndex(below: range.count)
  }
  return (0..<cases(count)).map { _ in
    let groups = [1, 1, 2][pick(0...2)]
    let input: Shape = [
      [2, 9, 16, 19][pick(0...3)], groups * pick(16...37), pick(1...5),
      [pick(1...9), pick(27...31), pick(55...61)][pick(0...2)],
    ]
    // Added above or below and on one side only, too, or cut off; rows of the image's width are a matter
    // of their own.
    let isWide = pick(0...2) == 0
    func cells(_ size: Int) -> Int { [0, 0, 1, 3, size > 2 ? -1 : 0][pick(0...4)] }
    return ConvolutionGeometry(
      input: input, kernel: [groups * pick(1...37), input[1] / groups, 1, 1],
      stride: [1, 1, 2][pick(0...2)],
      padding: .explicit(
        top: cells(input[2]), bottom: cells(input[2]), left: isWide ? cells(input[3]) : 0,
        right: isWide ? cells(input[3]) : 0), groups: groups)
  }
}

/// Geometries whose kernels are large enough to be split by parity: odd and even sizes, groups,
/// padding that crops, strides (whose input gradients come in passes), batches that are folded.
func largeKernelGeometries(_ count: Int, seed: UInt64) -> [ConvolutionGeometry] {
  var random = SplitMix64(seed: seed)
  func pick(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.nextIndex(below: range.count)
  }
  var geometries: [ConvolutionGeometry] = []
  while geometries.count < cases(count) {
    let groups = [1, 1, 2][pick(0...2)]
    let input: Shape = [
      [1, 2, 4, 7, 16, 19][pick(0...5)], groups * pick(1...4), pick(8...17), pick(8...21),
    ]
    let kernel: Shape = [groups * pick(2...9), input[1] / groups, pick(4...9), pick(4...9)]
    let padding: Padding =
      switch pick(0...3) {
      case 0: .valid
      case 1: .same
      case 2: .full
      default:
        .explicit(
          top: pick(-2...4), bottom: pick(-2...4), left: pick(-2...4), right: pick(-2...4))
      }
    if let geometry = try? ConvolutionGeometry(
      checking: input, kernel: kernel, stride: [1, 1, 1, 2][pick(0...3)], padding: padding,
      groups: groups), geometry.multiplyAdds < 3_000_000
    {
      geometries.append(geometry)
    }
  }
  return geometries
}
