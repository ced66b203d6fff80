internal import Foundation

/// Bytes as text (RFC 4648), for events, data URIs and notebooks.
enum Base64 {
  /// The text of some bytes, without line breaks.
  static func encode(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
  }

  /// The bytes of a text, or `nil` when it is not base64. Line breaks are ignored: Jupyter wraps.
  static func decode(_ text: String) -> [UInt8]? {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
  }
}
