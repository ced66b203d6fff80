internal import CZlib

/// The numbered objects of a PDF file, and the table that says where each begins.
struct PDFObjects {
  private var objects: [[UInt8]] = []

  /// Takes the next number, for an object that is written later.
  mutating func reserve() -> Int {
    objects.append([])
    return objects.count
  }

  /// Writes the object of a number.
  mutating func set(_ number: Int, _ content: String) { objects[number - 1] = Array(content.utf8) }

  /// Adds an object; its number.
  mutating func add(_ content: String) -> Int {
    objects.append(Array(content.utf8))
    return objects.count
  }

  /// Adds a stream, compressed where that makes it shorter; its number.
  ///
  /// - Parameter entries: What its dictionary holds beside length and filter.
  mutating func add(stream: [UInt8], _ entries: String = "") -> Int {
    let number = reserve()
    set(number, stream: stream, entries)
    return number
  }

  /// Writes the stream of a number.
  mutating func set(_ number: Int, stream: [UInt8], _ entries: String = "") {
    let packed = Self.compressed(stream)
    // Without memory zlib makes nothing, and the stream stays as it is.
    let isPacked = !packed.isEmpty && packed.count < stream.count
    let data = isPacked ? packed : stream
    let filter = isPacked ? " /Filter /FlateDecode" : ""
    objects[number - 1] =
      Array("<< \(entries)\(filter) /Length \(data.count) >>\nstream\n".utf8)
      + data + Array("\nendstream".utf8)
  }

  /// The whole file.
  func file(root: Int, info: Int) -> [UInt8] {
    // The four bytes above 127 say that the file is no text.
    var file = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
    var table = Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for (index, object) in objects.enumerated() {
      let digits = "\(file.count)"
      let zeros = String(repeating: "0", count: 10 - digits.count)
      table += Array("\(zeros)\(digits) 00000 n \n".utf8)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += table
    file += Array(
      "trailer\n<< /Size \(objects.count + 1) /Root \(root) 0 R /Info \(info) 0 R >>\n".utf8)
    file += Array("startxref\n\(start)\n%%EOF\n".utf8)
    return file
  }

  /// A text as a PDF string that holds any character: UTF-16 in hexadecimal digits.
  static func string(_ text: String) -> String {
    "<FEFF" + text.utf16.map(hex).joined() + ">"
  }

  /// Four hexadecimal digits.
  static func hex(_ code: UInt16) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func compressed(_ data: [UInt8]) -> [UInt8] {
    guard !data.isEmpty else { return data }
    // The C wall: zlib writes at most what its own bound says.
    return unsafe [UInt8](unsafeUninitializedCapacity: czlib_bound(data.count)) { bytes, count in
      guard let start = bytes.baseAddress else { return }
      count = unsafe czlib_compress(data, data.count, start, bytes.count)
    }
  }
}
