import Foundation
import PNGCoding
import Raster
import Testing

/// Files of 16 bits: read as such and rounded here, whatever libpng does on its way to 8 bits.
struct SixteenBitTests {
  /// 10, 20, … 160 of 255, interlaced: libpng's simplified interface gave 90 100 110 120 / 50 60 …
  @Test func `The file of libpng's issue 853`() throws {
    let text =
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEEAAAAAGrDS13AAAAL0lEQVR4nGPg4mKQk2OIisrLYxAR0dBgSEmpqGAwMrKx"
      + "cXMLCGBoaurpmTZtwQIAl8sKocz/ovoAAAAASUVORK5CYII="
    let bitmap = try PNGDecoder.decode([UInt8](#require(Data(base64Encoded: text))))
    let red = stride(from: 0, to: 64, by: 4).map { bitmap.pixels[$0] }
    #expect(red == (1...16).map { UInt8(10 * $0) })
  }

  /// Every size to 9×9 takes part in other passes of the interlacing.
  @Test(arguments: [0, 2, 4, 6]) func `Every size and kind`(kind: Int) throws {
    func component(_ x: Int, _ y: Int, _ c: Int) -> Int {
      (x * 7919 + y * 27_061 + c * 12_345 + x * y * 131) & 0xFFFF
    }
    func byte(_ value: Int) -> UInt8 { UInt8((value * 255 + 32767) / 65535) }
    for width in 1...9 {
      for height in 1...9 {
        for isInterlaced in [false, true] {
          let maker = PNGMaker(
            width: width, height: height, depth: 16, kind: kind, isInterlaced: isInterlaced)
          let bitmap = try PNGDecoder.decode(maker.file(component))
          var expected: [UInt8] = []
          for y in 0..<height {
            for x in 0..<width {
              let all = (0..<maker.channels).map { byte(component(x, y, $0)) }
              switch kind {
              case 0: expected += [all[0], all[0], all[0], 255]
              case 2: expected += all + [255]
              case 4: expected += [all[0], all[0], all[0], all[1]]
              default: expected += all
              }
            }
          }
          #expect(bitmap.pixels == expected, "\(width)×\(height), \(isInterlaced)")
        }
      }
    }
  }

  @Test func `Limits and lies are refused before allocation`() throws {
    let file = PNGMaker(width: 9, height: 9, depth: 16, kind: 6).file { x, y, _ in x * y }
    #expect(try PNGDecoder.decode(file, pixelLimit: 81).width == 9)
    #expect {
      try PNGDecoder.decode(file, pixelLimit: 80)
    } throws: {
      "\($0)" == "the PNG picture is too large: 9×9 pixels, where 80 are read"
    }
    // 8000×8000 pixels within the default limit, of 30 bytes of compressed pixels.
    var lie = PNGMaker(width: 3, height: 3, depth: 8, kind: 6).file { _, _, _ in 0 }
    let header: [UInt8] = [0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40, 8, 6, 0, 0, 0]
    lie.replaceSubrange(8..<33, with: PNGMaker.chunk("IHDR", header))
    #expect {
      try PNGDecoder.decode(lie)
    } throws: {
      "\($0)".contains("more than 50 bytes of compressed pixels can hold")
    }
    for limit in [Int.max, Int.min, 0] { _ = try? PNGDecoder.decode(file, pixelLimit: limit) }
  }
}
