internal import Foundation

// Apart from the other pieces, because Foundation has an `AffineTransform` of its own.
extension Decimals {
  /// Bytes in base 64.
  mutating func base64(_ data: [UInt8]) {
    bytes(Array(Data(data).base64EncodedString().utf8))
  }
}
