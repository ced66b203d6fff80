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

/// Bytes that an event carries as text: an array of numbers would be four times as long, and slow.
@propertyWrapper
package struct Base64Coded: Codable, Hashable, Sendable {
  package var wrappedValue: [UInt8]

  package init(wrappedValue: [UInt8]) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let bytes = Base64.decode(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "The bytes of a figure are not valid base64.")
    }
    wrappedValue = bytes
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Base64.encode(wrappedValue))
  }
}
