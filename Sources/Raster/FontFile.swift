/// The bytes of a font, as one object: what is drawn in it can be told by who it is.
package final class FontFile: Sendable {
  package let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
