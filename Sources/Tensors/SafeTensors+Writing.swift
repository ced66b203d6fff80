internal import Requirements

extension SafeTensors {
  /// Puts a tensor in, or replaces the one of that name.
  ///
  /// `__metadata__` is no name for a tensor and traps.
  ///
  /// - Parameters:
  ///   - name: What to call it.
  ///   - tensor: The elements.
  ///   - type: `.float32`, or `.float16` for half the bytes: each element is then rounded to nearest, to 11
  ///     bits, and is infinite beyond 65,504. ``tensor(_:)`` gives what was rounded.
  public mutating func set(_ name: String, _ tensor: Tensor, as type: ElementType = .float32) {
    require(name != "__metadata__", "__metadata__ cannot be the name of a tensor")
    require(
      type == .float32 || type == .float16,
      "a tensor is put in as F32 or F16, not \(type.rawValue)")
    let content: Content =
      type == .float32
      ? .tensor(tensor)
      : .bytes(tensor.elements.flatMap { littleEndian(halfPrecision(rounding: $0)) }[...])
    let entry = Entry(
      name: name, type: type, dimensions: tensor.shape.dimensions,
      bytes: 0..<(type == .float32 ? 4 : 2) * tensor.count)
    put(entry, content)
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

/// The bytes of a number, least significant first.
private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
