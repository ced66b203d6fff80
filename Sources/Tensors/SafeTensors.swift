internal import Requirements

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
  private var otherSpellings: [(key: String, value: String)] = []
  /// What the header says about each tensor, in the order of their data.
  public private(set) var entries: [Entry]
  /// The elements of each entry.
  private var contents: [Content]
  /// Where an entry stands, by the bytes of its name: two names that a reader sees as one, such as an
  /// é of one scalar and one of two, are two names.
  private var places: [[UInt8]: Int]

  /// The elements of a tensor: of a file that was read its bytes, else the tensor itself.
  private enum Content: Sendable {
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

  /// A file without tensors, to be filled with ``set(_:_:)`` and written with ``encoded()``.
  public init(metadata: [String: String] = [:]) {
    self.init(name: "(in memory)", metadata: metadata)
  }

  private init(name: String, metadata: [String: String] = [:]) {
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

  /// Puts a tensor in, as `F32`, or replaces the one of that name.
  ///
  /// `__metadata__` is no name for a tensor and traps.
  public mutating func set(_ name: String, _ tensor: Tensor) {
    require(name != "__metadata__", "__metadata__ cannot be the name of a tensor")
    let entry = Entry(
      name: name, type: .float32, dimensions: tensor.shape.dimensions,
      bytes: 0..<4 * tensor.count)
    put(entry, .tensor(tensor))
  }

  private mutating func put(_ entry: Entry, _ content: Content) {
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

  /// The whole file: tensors sorted by name, the header padded so that the data are aligned to 8
  /// bytes. The same contents give the same bytes, and for `F32` those that the Python package writes.
  /// Cost: one copy of the data.
  public func encoded() -> [UInt8] {
    // Wide elements first keeps each tensor aligned to its element's size; names in the order of
    // their bytes.
    let order = entries.indices.sorted { a, b in
      let (a, b) = (entries[a], entries[b])
      if a.type.bits != b.type.bits { return (a.type.bits ?? 0) > (b.type.bits ?? 0) }
      return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
    var (sorted, end) = ([Entry](), 0)
    for place in order {
      var entry = entries[place]
      entry.bytes = end..<end + entry.bytes.count
      end = entry.bytes.upperBound
      sorted.append(entry)
    }
    let others = otherSpellings.filter { metadata[$0.key] != nil }
    let header = SafeTensorsHeader.encoded(
      metadata: metadata.map { ($0.key, $0.value) } + others.map { ($0.key, $0.value) },
      entries: sorted)
    var file = littleEndian(UInt64(header.count))
    file.reserveCapacity(8 + header.count + end)
    file += header
    for place in order {
      switch contents[place] {
      case .bytes(let bytes): file += bytes
      case .tensor(let tensor): tensor.appendLittleEndian(to: &file)
      }
    }
    return file
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

extension SafeTensors {
  /// Puts in all tensors and all metadata of another file, their names behind a prefix: several files
  /// in one.
  public mutating func add(_ other: SafeTensors, under prefix: String) {
    for (key, value) in other.metadata { metadata[prefix + key] = value }
    for (entry, content) in zip(other.entries, other.contents) {
      let named = Entry(
        name: prefix + entry.name, type: entry.type, dimensions: entry.dimensions,
        bytes: entry.bytes)
      put(named, content)
    }
  }

  /// The tensors and metadata whose names begin with a prefix, without it: what ``add(_:under:)`` put in.
  /// It has this file's name in messages.
  public func part(under prefix: String) -> SafeTensors {
    var part = SafeTensors(name: name)
    func rest(_ name: String) -> String? {
      guard name.utf8.starts(with: prefix.utf8) else { return nil }
      return String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
    for (key, value) in metadata { if let key = rest(key) { part.metadata[key] = value } }
    for (entry, content) in zip(entries, contents) {
      guard let name = rest(entry.name) else { continue }
      part.put(
        Entry(name: name, type: entry.type, dimensions: entry.dimensions, bytes: entry.bytes),
        content)
    }
    return part
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

extension Tensor {
  /// Appends the bytes of all elements, least significant first.
  fileprivate func appendLittleEndian(to bytes: inout [UInt8]) {
    unsafe withElements { elements in
      #if _endian(little)
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(elements))
      #else
        for element in unsafe elements { bytes += littleEndian(element.bitPattern) }
      #endif
    }
  }
}

/// What is wrong with a safetensors file, as one sentence that names it.
public struct SafeTensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The bytes of a number, least significant first.
private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
