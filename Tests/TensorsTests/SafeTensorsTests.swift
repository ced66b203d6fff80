import Foundation
import Tensors
import Testing

/// The safetensors format, against a file of the Python package and against damaged ones.
struct SafeTensorsTests {
  static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/sample.safetensors")

  static func sample() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: fixture))
  }

  /// A file with this header and so many bytes of data.
  static func file(_ header: String, dataCount: Int) -> [UInt8] {
    let bytes = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
    return length + bytes + [UInt8](repeating: 0, count: dataCount)
  }

  @Test func `Reads every type that the python package wrote`() throws {
    let file = try SafeTensors(bytes: Self.sample(), name: "sample")
    #expect(file.names.count == 13)
    #expect(
      file.metadata == ["made with": "safetensors 0.8.0, \"quoted\", \\ ünïcödé 🦒\n"])
    let weight = try file.tensor("weight")
    #expect(weight.shape == [2, 3, 2] && weight.elements == (0..<12).map { Float($0) / 7 })
    let edge = try file.tensor("edge").elements
    #expect(
      edge == [0, -0.0, .leastNonzeroMagnitude, 3.4028235e38, .infinity, -1.5]
        && edge[1].sign == .minus)
    #expect(try file.tensor("scalar").shape == [] && file.tensor("scalar").elements == [2.5])
    #expect(try file.tensor("empty").shape == [0, 3])
    #expect(try file.doubles("double") == [0.1, -1e300])
    #expect(try file.tensor("double").elements == [0.1, -.infinity])
    #expect(try file.doubles("half") == [1, -2.5, 0x1p-24, 65504, .infinity])
    #expect(try file.doubles("brain") == [1, -3.140625, Double(Float(bitPattern: 0x7e96 << 16))])
    #expect(try file.integers("long") == [-1_099_511_627_776, 7])
    #expect(try file.integers("int") == [-5, 70000] && file.integers("short") == [-300, 300])
    #expect(try file.integers("byte") == [0, 200] && file.integers("signed byte") == [-100, 100])
    #expect(try file.integers("flags") == [1, 0] && file.entry("flags").type == .bool)
  }

  @Test func `Writes what it reads byte for byte`() throws {
    let bytes = try Self.sample()
    let file = try SafeTensors(bytes: bytes, name: "sample")
    let again = try SafeTensors(bytes: file.encoded(), name: "again")
    #expect(again.encoded() == file.encoded())
    for name in file.names { #expect(try again.doubles(name) == file.doubles(name)) }
    #expect(again.metadata == file.metadata)
  }

  /// Every half comes back; what lies between two goes to the nearer, and from the middle to the even one.
  @Test func `Sixteen bits are rounded to nearest`() throws {
    func kept(_ values: [Float]) throws -> [Float] {
      var file = SafeTensors()
      file.set("x", Tensor([values.count], values), as: .float16)
      let read = try SafeTensors(bytes: file.encoded(), name: "file")
      let (mine, theirs) = (try file.tensor("x").elements, try read.tensor("x").elements)
      #expect(try read.entry("x").type == .float16)
      #expect(mine.map(\.bitPattern) == theirs.map(\.bitPattern))
      return theirs
    }
    // The finite halves that are not negative, in rising order.
    let halves = (0..<0x7c00).map { bits -> Float in
      let (exponent, fraction) = (bits >> 10, Float(bits & 0x3ff))
      return exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * pow(2, Float(exponent - 25))
    }
    #expect(try kept(halves) == halves)
    let middles = zip(halves, halves.dropFirst()).map { ($0 + $1) / 2 }
    #expect(try kept(middles) == middles.indices.map { halves[$0 + $0 % 2] })
    #expect(try kept(middles.map(\.nextDown)) == Array(halves.dropLast()))
    #expect(try kept(middles.map(\.nextUp)) == Array(halves.dropFirst()))
    let odd = try kept([-0.0, -1.5, 65_519, 65_520, -.infinity, .nan, 1e-30, 3e38])
    #expect(odd[0].sign == .minus && odd[1] == -1.5 && odd[2] == 65_504 && odd[3] == .infinity)
    #expect(odd[4] == -.infinity && odd[5].isNaN && odd[6] == 0 && odd[7] == .infinity)
  }

  @Test func `Set replaces a tensor`() throws {
    var file = SafeTensors(metadata: ["b": "2", "a": "1"])
    file.set("x", Tensor([2], [1, 2]))
    file.set("a", Tensor([1], [9]))
    file.set("x", Tensor([3], [4, 5, 6]))
    let read = try SafeTensors(bytes: file.encoded(), name: "file")
    #expect(read.names == ["a", "x"])
    #expect(try read.tensor("x") == Tensor([3], [4, 5, 6]))
    #expect(read.metadata == ["a": "1", "b": "2"])
    #expect(file.encoded().count % 8 == 0)
  }

  @Test func `Names what is missing`() throws {
    let file = try SafeTensors(bytes: Self.sample(), name: "sample")
    let missing = #expect(throws: SafeTensorsError.self) { try file.tensor("bias") }
    #expect(missing?.description.hasPrefix("The file sample holds no tensor bias, only ") == true)
    let floats = #expect(throws: SafeTensorsError.self) { try file.integers("weight") }
    #expect(
      floats?.description
        == "The tensor weight of the file sample holds F32, expected whole numbers.")
  }

  @Test func `A byte that is no bool is refused`() throws {
    var bytes = Self.file(
      #"{"flags":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#, dataCount: 3)
    bytes[bytes.count - 2] = 1
    #expect(try SafeTensors(bytes: bytes, name: "b").integers("flags") == [0, 1, 0])
    for odd: UInt8 in [2, 255] {
      bytes[bytes.count - 1] = odd
      let file = try SafeTensors(bytes: bytes, name: "b")
      let sentence =
        "The tensor flags of the file b has \(odd) as element 2, expected 0 or 1 for BOOL."
      let errors = [
        #expect(throws: SafeTensorsError.self) { try file.integers("flags") },
        #expect(throws: SafeTensorsError.self) { try file.doubles("flags") },
        #expect(throws: SafeTensorsError.self) { try file.tensor("flags") },
      ]
      #expect(errors.allSatisfy { $0?.description == sentence })
    }
  }

  @Test func `Extents beside a zero are read in any order`() throws {
    for shape in ["[0,4294967296,9]", "[9,4294967296,0]"] {
      let header = #"{"x":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
      let file = try SafeTensors(bytes: Self.file(header, dataCount: 0), name: "zero")
      #expect(try file.tensor("x").count == 0)
    }
    for shape in ["[0,4294967296,4294967296]", "[4294967296,4294967296,0]"] {
      let header = #"{"x":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
      let error = #expect(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: Self.file(header, dataCount: 0), name: "zero")
      }
      #expect(error?.description.contains("has a shape that no memory holds") == true)
    }
  }

  static let one = #""x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#

  /// Lies and damage, each refused with its own sentence.
  static let damaged: [(bytes: [UInt8], words: String)] = [
    (file("{\(one)}", dataCount: 7), "is truncated: the data of tensor x end at byte 8 of 7"),
    (
      file("{\(one)}", dataCount: 9),
      "has trailing bytes: its tensors take 8 bytes, but 9 follow the header"
    ),
    ([1, 2, 3], "is truncated: it has 3 bytes, not even the 8 of a header's length"),
    (
      [UInt8](repeating: 0xff, count: 8),
      "is truncated or no safetensors file: its header should take 18446744073709551615 bytes, "
        + "but 0 follow"
    ),
    (
      file("{\(one),\(one)}", dataCount: 8), "has a broken header: the name x occurs twice"
    ),
    (
      file(#"{\#(one),"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, dataCount: 8),
      "has a broken header: the data of tensor y start at byte 4, expected 8"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, dataCount: 8),
      "has a broken header: the data of tensor x start at byte 4, expected 0"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, dataCount: 8),
      "has a broken header: tensor x has 8 bytes, but its shape [3] of F32 takes 12"
    ),
    (
      file(
        #"{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#,
        dataCount: 8),
      "has a broken header: tensor x has a shape that no memory holds"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[0],"data_offsets":[8,0]}}"#, dataCount: 8),
      "has a broken header: tensor x ends before it starts"
    ),
    (
      file(#"{"x":{"dtype":"C64","shape":[2],"data_offsets":[0,8]}}"#, dataCount: 8),
      "has a broken header: tensor x has 8 bytes, but its shape [2] of C64 takes 16"
    ),
    (
      file(#"{"x":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, dataCount: 1),
      "has a broken header: tensor x has 1 bytes, but its shape [3] of F4 takes 2"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[2]}}"#, dataCount: 8),
      "has a broken header: tensor x lacks a dtype, a shape or two data_offsets"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, dataCount: 8),
      "has a broken header: tensor x has a shape of other than whole numbers that a file can have"
    ),
    (
      file(#"{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, dataCount: 8),
      "has a broken header: tensor x has a shape of other than whole numbers that a file can have"
    ),
    (file("[]", dataCount: 0), "has a broken header: it is no JSON object"),
    (file("", dataCount: 0), "has a broken header: JSON expected a value at byte 0"),
    (
      file(String(repeating: "[", count: 100_000), dataCount: 0),
      "has a broken header: JSON expected no deeper nesting at byte 64"
    ),
    (
      file(#"{"__metadata__":{"a":1}}"#, dataCount: 0),
      "has a broken header: metadata a is no string"
    ),
    (
      file(#"{"\ud83d":1}"#, dataCount: 0),
      "has a broken header: JSON expected a pair of surrogates at byte 8"
    ),
  ]

  @Test func `Odd files are refused`() {
    for (bytes, words) in Self.damaged {
      let error = #expect(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: bytes, name: "w.safetensors")
      }
      #expect(error?.description == "The file w.safetensors \(words).")
    }
  }

  /// Names that differ in bytes alone are two names, as in the format and in Python.
  @Test func `Names are bytes`() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    #expect(composed == decomposed)
    var file = SafeTensors()
    file.set(composed, Tensor([1], [1]))
    file.set(decomposed, Tensor([1], [2]))
    let read = try SafeTensors(bytes: file.encoded(), name: "file")
    #expect(read.entries.count == 2)
    #expect(try read.tensor(composed).elements == [1])
    #expect(try read.tensor(decomposed).elements == [2])
    #expect(Array(read.names[0].utf8) == Array(decomposed.utf8))
  }

  /// Metadata is looked up by text, in which the two are one; but both are written again.
  @Test func `Metadata of another spelling is kept`() throws {
    let header = "{\"__metadata__\":{\"e\u{301}\":\"1\",\"\u{e9}\":\"2\"}}"
    let file = try SafeTensors(bytes: Self.file(header, dataCount: 0), name: "file")
    #expect(file.metadata == ["\u{e9}": "1"])
    let again = try SafeTensors(bytes: file.encoded(), name: "again")
    #expect(again.encoded() == file.encoded())
    let text = String(decoding: again.encoded().dropFirst(8), as: UTF8.self)
    for pair in ["e\u{301}\":\"1", "\u{e9}\":\"2"] {
      #expect(Array(text.utf8).contains(Array(pair.utf8)))
    }
    var without = file
    without.metadata = [:]
    #expect(without.encoded().count == 8 + 8)
    // The other way round: the first is the one that is seen, then and ever after.
    let other = "{\"__metadata__\":{\"\u{e9}\":\"1\",\"e\u{301}\":\"2\"}}"
    let first = try SafeTensors(bytes: Self.file(other, dataCount: 0), name: "file")
    let second = try SafeTensors(bytes: first.encoded(), name: "again")
    #expect(first.metadata["\u{e9}"] == "1" && second.metadata["\u{e9}"] == "1")
  }

  @Test(arguments: ["1234567890123456789", "-1", "0.5", "\"0\""])
  func `Says which numbers are none that a file can have`(_ number: String) {
    let header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,\(number)]}}"
    let error = #expect(throws: (any Error).self) {
      try SafeTensors(bytes: Self.file(header, dataCount: 4), name: "file")
    }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains("has a data_offsets of other than whole numbers"))
  }

  /// Parts of a file are files; names and metadata stand behind the prefix.
  @Test func `A file takes others in and gives them out`() throws {
    var part = SafeTensors(metadata: ["rule": "none"])
    part.set("w", Tensor([2], [1, 2]))
    var whole = SafeTensors(metadata: ["maker": "Swift"])
    whole.add(part, under: "a.")
    whole.add(part, under: "b.")
    #expect(whole.names == ["a.w", "b.w"] && whole.metadata["b.rule"] == "none")
    let read = try SafeTensors(bytes: whole.encoded(), name: "whole").part(under: "b.")
    #expect(read.names == ["w"] && read.metadata == ["rule": "none"] && read.name == "whole")
    #expect(try read.tensor("w").elements == [1, 2])
    #expect(whole.part(under: "c.").names.isEmpty)
  }

  /// A tensor of a type that is not computed with is refused when it is asked for, and kept.
  @Test(arguments: ["U64", "C64", "F8_E4M3", "F4", "F128_OF_THE_FUTURE"])
  func `Only the tensor of another type is refused`(_ type: String) throws {
    let size = ["U64": 8, "C64": 8, "F8_E4M3": 1][type] ?? 1
    let shape = type == "F4" ? "2" : "1"
    let bytes = Self.file(
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"\#(type)","#
        + #""shape":[\#(shape)],"data_offsets":[8,\#(8 + size)]}}"#, dataCount: 8 + size)
    let file = try SafeTensors(bytes: bytes, name: "mixed")
    #expect(try file.tensor("a") == Tensor([2]))
    let error = #expect(throws: SafeTensorsError.self) { try file.tensor("b") }
    #expect(
      error?.description
        == "The tensor b of the file mixed holds \(type), which is not computed with.")
    #expect(throws: SafeTensorsError.self) { try file.integers("b") }
    let again = try SafeTensors(bytes: file.encoded(), name: "again")
    #expect(try again.entry("b").type.rawValue == type)
    #expect(again.encoded().count == file.encoded().count)
  }

  /// What other writers put into headers and what says nothing to us.
  @Test(arguments: [
    #"{"__metadata__":null,"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1],"note":{"a":[true,-1.5e3,null]}}}"#,
    #"{"x":{"scale":0.5,"data_offsets":[0,8],"shape":[2],"dtype":"F32"}} "#,
  ])
  func `Takes what says nothing`(_ header: String) throws {
    let file = try SafeTensors(bytes: Self.file(header, dataCount: 8), name: "file")
    #expect(try file.tensor("x") == Tensor([2]) && file.metadata.isEmpty)
  }

  /// 4,000 tensors, put in, replaced and written: a second each would be 4,000 seconds if each one
  /// copied the others.
  @Test func `Many tensors cost no more than their bytes`() throws {
    var file = SafeTensors()
    for round in 1...2 {
      for index in 0..<4000 { file.set("tensor \(index)", Tensor([1000], repeating: Float(round))) }
    }
    let read = try SafeTensors(bytes: file.encoded(), name: "file")
    #expect(read.entries.count == 4000)
    for name in read.names { #expect(try read.tensor(name)[999] == 2) }
  }

  /// Cut anywhere, or one byte of the header changed: an error or a sound file, never a trap.
  @Test func `Survives every cut and every flipped byte`() throws {
    let sound = try Self.sample()
    for length in 0..<sound.count {
      #expect(throws: SafeTensorsError.self) {
        try SafeTensors(bytes: Array(sound[..<length]), name: "cut")
      }
    }
    for position in sound.indices {
      for change: UInt8 in [1, 2, 0x80] {
        var bytes = sound
        bytes[position] ^= change
        guard let file = try? SafeTensors(bytes: bytes, name: "changed") else { continue }
        for name in file.names { _ = try? file.doubles(name) }
      }
    }
  }
}
