import Tensors
import Testing

@testable import PNGCoding

/// Streams at the limits of the format, read by zlib.
@Suite
struct DeflaterTests {
  /// The stream's length, after it came back.
  @discardableResult
  private func check(
    _ bytes: [UInt8], pixel: Int = 1, period: Int = 97, location: SourceLocation = #_sourceLocation
  ) -> Int {
    let stream =
      bytes.count <= 1 << 14
      ? Deflater.shortest(bytes, pixel: pixel, period: period)
      : Deflater.compress(bytes, pixel: pixel, period: period, .thorough)
    let quick = Deflater.compress(bytes, pixel: pixel, period: period, .quick)
    do {
      let back = try Zlib.inflate(stream, bytes.count)
      #expect(back == bytes, sourceLocation: location)
      #expect(try Zlib.inflate(quick, bytes.count) == bytes, sourceLocation: location)
    } catch {
      Issue.record("zlib refuses the stream of \(bytes.count) bytes", sourceLocation: location)
    }
    return stream.count
  }

  private func noise(_ count: Int, seed: UInt64, _ range: ClosedRange<UInt8> = 0...255) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: range, using: &random) }
  }

  @Test func `Nothing, one byte, and a few come back`() {
    #expect(check([]) == 8)
    for count in 1...20 {
      check(noise(count, seed: UInt64(count)))
      check([UInt8](repeating: 7, count: count))
    }
  }

  @Test func `Runs of every length about the longest match come back`() {
    let cases = Array(1...30) + Array(240...290) + Array(510...560) + [65535, 65536, 65793]
    for count in cases {
      let run = [UInt8](repeating: 0, count: count)
      check(run)
      check([1] + run + [2], pixel: 3)
      check(run.enumerated().map { UInt8($0.offset % 3) } + [9], pixel: 3)
    }
  }

  /// Ground of some length before the same words, as between the letters of a figure. Nothing is
  /// looked for within the ground, and yet one match leads from its beginning to the end of the words;
  /// with two it is 650 and 827 bytes.
  @Test func `A run and what follows it again are one match`() {
    var random = SplitMix64(seed: 5)
    let words = noise(40, seed: 6, 1...255)
    for (pixel, most) in [(1, 635), (3, 800)] {
      let bytes = (0..<400).flatMap { _ in
        [UInt8](repeating: 0, count: pixel * Int.random(in: 20...60, using: &random)) + words
      }
      let size = check(bytes, pixel: pixel, period: 1 << 15)
      #expect(size < most, "\(pixel)")
    }
  }

  @Test func `Matches reach as far back as the format allows, and no further`() {
    let pattern = noise(200, seed: 1, 128...255)
    let filler = noise(33_000, seed: 2, 0...127)
    var sizes: [Int] = []
    for distance in [32_767, 32_768, 32_769] {
      let bytes = pattern + filler.prefix(distance - pattern.count) + pattern
      sizes.append(check(bytes))
      // The same as a row above.
      sizes.append(check(bytes, period: distance))
    }
    // One byte too far, and the pattern is written twice.
    #expect(sizes[1] < sizes[5] - 100 && sizes[3] < sizes[5] - 100)
    let long = (0..<3).flatMap { _ in noise(40_000, seed: 3) }
    check(long, period: 40_000)
  }

  @Test func `Noise is stored, in pieces, and takes five bytes more for each`() {
    for count in [1000, 65_535, 65_536, 131_070, 200_000] {
      let size = check(noise(count, seed: 4))
      #expect(size <= count + 6 + 5 * ((count + 65_534) / 65_535), "\(count)")
    }
  }

  /// Frequencies like Fibonacci's numbers make words longer than deflate allows: they are cut.
  @Test func `Very uneven frequencies come back`() {
    for colors in 18...27 {
      var (a, b) = (1, 1)
      var bytes: [UInt8] = []
      for color in 0..<colors {
        bytes += [UInt8](repeating: UInt8(5 * color), count: a)
        (a, b) = (b, a + b)
      }
      var random = SplitMix64(seed: 3)
      bytes.shuffle(using: &random)
      check(Array(bytes.prefix(300_000)))
    }
  }

  @Test func `Stretches of a search meet`() {
    // Runs, rows and matches across the border, and noise before it.
    let border = Deflater.stretch
    let row = noise(1000, seed: 5, 0...9)
    for before in [0, 1, 3, 100, 257, 258, 259] {
      let bytes =
        [UInt8](repeating: 3, count: border - 3000 - before) + row + row + row
        + [UInt8](repeating: 4, count: 2 * before) + row + row
      check(bytes, period: 1000)
    }
    check([UInt8](repeating: 0, count: 2 * border + 1), period: 1001)
  }

  /// Bytes of pieces: runs, copies from before, rows with a change, noise of few or many values.
  private func mixture(_ random: inout SplitMix64, period: Int, pixel: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = 1 << Int.random(in: 0...15, using: &random)
    let values =
      UInt8.random(in: 0...255, using: &random) >> UInt8.random(in: 0...7, using: &random)
    while bytes.count < end {
      let count =
        1 << Int.random(in: 0...10, using: &random) + Int.random(in: 0...9, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes += [UInt8](repeating: .random(in: 0...values, using: &random), count: count)
      case 1 where !bytes.isEmpty:
        let start = Int.random(in: 0..<bytes.count, using: &random)
        for i in 0..<count { bytes.append(bytes[start + i]) }
      case 2 where bytes.count >= period:
        for _ in 0..<count { bytes.append(bytes[bytes.count - period]) }
        bytes[bytes.count - 1] ^= 1
      case 3 where bytes.count >= pixel:
        for _ in 0..<count { bytes.append(bytes[bytes.count - pixel]) }
      default:
        for _ in 0..<min(count, 200) { bytes.append(.random(in: 0...values, using: &random)) }
      }
    }
    return bytes
  }

  @Test func `Mixtures of all there is come back, smaller than zlib's best level makes them`() {
    var (ours, theirs) = (0, 0)
    for seed in 0..<250 {
      var random = SplitMix64(seed: UInt64(seed))
      let pixel = Int.random(in: 1...4, using: &random)
      let period = pixel * Int.random(in: 1...400, using: &random) + 1
      let bytes = mixture(&random, period: period, pixel: pixel)
      let size = check(bytes, pixel: pixel, period: period)
      let zlib = Zlib.best(bytes)
      // Where runs are skipped, a stretch made to be unlike any picture may lose.
      #expect(5 * size <= 6 * zlib + 20, "seed \(seed): \(bytes.count) bytes")
      ours += size
      theirs += zlib
    }
    #expect(Double(ours) < 0.97 * Double(theirs))
  }

  @Test func `The same bytes make the same stream`() {
    let bytes = noise(5000, seed: 8, 0...3)
    #expect(
      Deflater.shortest(bytes, pixel: 1, period: 71)
        == Deflater.shortest(bytes, pixel: 1, period: 71))
  }
}
