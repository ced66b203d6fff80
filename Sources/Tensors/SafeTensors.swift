/// Named tensors with metadata, in the safetensors format of Hugging Face.
///
/// The format is 8 bytes with the length of a JSON header (little-endian), the header, and the
/// elements of all tensors one after the other, row-major and little-endian. Reading checks
/// everything the header says against the length of the file before memory is taken for it: names
/// are unique, sizes match types and shapes, and the tensors cover the data without a gap or an
/// overlap.
public struct SafeTensors: Sendable {
  /// What the file is called in messages: its path, or its name where it comes from memory.
  public let name: String
  /// Free text by key, for instance the versions of the program that made the numbers.
  public var metadata: [String: String]
  /// Of a file that was read, metadata whose keys Swift takes for other ones there, since they differ in
  /// their normalisation alone: they are written again.
  private(set) var otherSpellings: [(key: String, value: String)] = []
  /// What the header says about each tensor, in the order of their data.
  public private(set) var entries: [Entry]
  /// The elements of each entry.
  private(set) var contents: [Content]
  /// Where an entry stands, by the bytes of its name: two names that a reader sees as one, such as an
  /// é of one scalar and one of two, are two names.
  private var places: [[UInt8]: Int]

  /// The elements of a tensor: of a file that was read its bytes, else the tensor itself.
  enum Content: Sendable {
    case bytes(ArraySlice<UInt8>)
    case tensor(Tensor)
  }

  /// One tensor as the header describes it.
  public struct Entry: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The type of the elements.
    public let type: ElementType
    /// The extent of every axis, outermost first; none for a single number.
    public let dimensions: [Int]
    /// Where the elements lie in the data.
    var bytes: Range<Int>
  }

  /// A file without tensors, to be filled with ``set(_:_:as:)`` and written with ``encoded()``.
  public init(metadata: [String: String] = [:]) {
    self.init(name: "(in memory)", metadata: metadata)
  }

  init(name: String, metadata: [String: String] = [:]) {
    self.name = name
    self.metadata = metadata
    entries = []
    contents = []
    places = [:]
  }

  /// Takes a file apart that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What to call it in messages.
  /// - Throws: ``SafeTensorsError`` with one sentence that names the file and what is wrong.
  public init(bytes: [UInt8], name: String) throws(SafeTensorsError) {
    do throws(HeaderFault) {
      let header = try SafeTensorsHeader(bytes)
      self.name = name
      metadata = header.metadata
      otherSpellings = header.otherSpellings
      entries = header.entries
      contents = header.entries.map { entry in
        let start = header.dataStart
        return .bytes(bytes[start + entry.bytes.lowerBound..<start + entry.bytes.upperBound])
      }
      places = [:]
      for (place, entry) in entries.enumerated() { places[Array(entry.name.utf8)] = place }
    } catch {
      throw SafeTensorsError("The file \(name) \(error.description).")
    }
  }

  /// The names of all tensors, in the order of their data.
  public var names: [String] { entries.map(\.name) }

  /// Whether there is a tensor of this name, byte for byte.
  public func contains(_ name: String) -> Bool { places[Array(name.utf8)] != nil }

  /// A tensor, its elements converted to `Float`.
  ///
  /// `F32`, `F16`, `BF16` and small integers convert exactly, others are rounded to nearest.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name, or its elements are of a type that
  ///   is not computed with.
  public func tensor(_ name: String) throws(SafeTensorsError) -> Tensor {
    let place = try readable(name)
    if case .tensor(let tensor) = contents[place] { return tensor }
    let values = try decoded(place)
    return Tensor(Shape(entries[place].dimensions)) { Float(values[$0]) }
  }

  /// The elements of a tensor as `Double`s in row-major order; exact but for `I64` beyond 2⁵³.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name, or its elements are of a type that
  ///   is not computed with.
  public func doubles(_ name: String) throws(SafeTensorsError) -> [Double] {
    try decoded(readable(name))
  }

  /// The elements of a tensor of whole numbers in row-major order.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name or its elements are no whole numbers
  ///   of at most 64 bits with sign.
  public func integers(_ name: String) throws(SafeTensorsError) -> [Int] {
    let place = try readable(name)
    let type = entries[place].type
    guard type.isWhole, case .bytes(let bytes) = contents[place] else {
      throw SafeTensorsError(
        "The tensor \(name) of the file \(self.name) holds \(type.rawValue), "
          + "expected whole numbers.")
    }
    return decode(bytes, type) { type.integer($0) }
  }

  /// What the header says about a tensor.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name.
  public func entry(_ name: String) throws(SafeTensorsError) -> Entry { entries[try place(name)] }

  /// Puts an entry in, or replaces the one of that name.
  mutating func put(_ entry: Entry, _ content: Content) {
    let key = Array(entry.name.utf8)
    if let place = places[key] {
      entries[place] = entry
      contents[place] = content
    } else {
      places[key] = entries.count
      entries.append(entry)
      contents.append(content)
    }
  }

  private func place(_ name: String) throws(SafeTensorsError) -> Int {
    guard let place = places[Array(name.utf8)] else {
      throw SafeTensorsError(
        "The file \(self.name) holds no tensor \(name), only \(names.joined(separator: ", ")).")
    }
    return place
  }

  /// The place of a tensor whose elements all have a value: a byte of a `BOOL` may have none.
  private func readable(_ name: String) throws(SafeTensorsError) -> Int {
    let place = try place(name)
    if entries[place].type == .bool, case .bytes(let bytes) = contents[place],
      let odd = bytes.firstIndex(where: { $0 > 1 })
    {
      throw SafeTensorsError(
        "The tensor \(name) of the file \(self.name) has \(bytes[odd]) as element "
          + "\(odd - bytes.startIndex), expected 0 or 1 for BOOL.")
    }
    return place
  }

  /// The elements of an entry as doubles.
  private func decoded(_ place: Int) throws(SafeTensorsError) -> [Double] {
    let type = entries[place].type
    switch contents[place] {
    case .tensor(let tensor): return tensor.elements.map(Double.init)
    case .bytes(let bytes):
      guard type.isComputedWith else {
        throw SafeTensorsError(
          "The tensor \(entries[place].name) of the file \(name) holds \(type.rawValue), "
            + "which is not computed with.")
      }
      return decode(bytes, type) { type.double($0) }
    }
  }

  /// The elements of some bytes, each from its bits, zeros above.
  private func decode<Value>(
    _ bytes: ArraySlice<UInt8>, _ type: ElementType, _ value: (UInt64) -> Value
  ) -> [Value] {
    let size = (type.bits ?? 8) / 8
    // The header was checked: the bytes hold whole elements.
    return unsafe bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { index in
        var bits: UInt64 = 0
        for byte in (0..<size).reversed() {
          unsafe bits = bits << 8 | UInt64(bytes[index * size + byte])
        }
        return value(bits)
      }
    }
  }
}

extension SafeTensors: CustomStringConvertible {
  /// The file's name, and a line for each tensor with its type and shape.
  public var description: String {
    let lines = entries.map { entry in
      "  \(entry.name): \(entry.type.rawValue) \(entry.dimensions)"
    }
    return (["\(name), \(entries.count) tensors"] + lines).joined(separator: "\n")
  }
}

/// What is wrong with a safetensors file, as one sentence that names it.
public struct SafeTensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
