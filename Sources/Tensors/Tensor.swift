internal import Requirements

/// An array of `Float`s with a shape: a batch of images, a filter bank, a vector of biases.
///
/// A value: copies are independent (and cheap, the elements are copied only when one of them is
/// written). Elements are numbered in row-major order, the last axis fastest; for a batch of images
/// that is (N, C, H, W).
///
/// Inside, a batch may be held with 16 items side by side, which is what the kernels work on; it is
/// put back into row-major order when someone asks for its elements. Chains of operations on whole
/// tensors stay in that form.
///
/// Two tensors are equal when their shapes and all their elements are; as for `Float`, −0 equals 0
/// and a NaN equals nothing.
public struct Tensor: Sendable, Equatable {
  /// The extent of every axis, outermost first.
  public internal(set) var shape: Shape

  /// The elements, shared with other tensors until one of them is written.
  var storage: TensorStorage

  /// How the elements lie in the storage.
  var layout: Layout

  /// How a tensor's elements lie in its storage.
  enum Layout: Sendable {
    /// One after the other, the last axis fastest.
    case rowMajor
    /// Sixteen items side by side: element e of item n is lane n mod 16 of vector e of block
    /// n div 16. Lanes without an item hold zeros.
    case lanes
  }

  /// Makes a tensor whose elements a kernel will write; they are unspecified until then.
  init(uninitialized shape: Shape, layout: Layout = .rowMajor) {
    self.shape = shape
    self.layout = layout
    let count =
      switch layout {
      case .rowMajor: shape.count
      case .lanes: (shape[0] + 15) / 16 * 16 * shape.itemElementCount
      }
    storage = TensorStorage(uninitialized: count)
  }

  /// The same storage under a shape that fits it.
  init(shape: Shape, layout: Layout, storage: TensorStorage) {
    self.shape = shape
    self.layout = layout
    self.storage = storage
  }

  /// Makes a tensor with the same value everywhere.
  public init(_ shape: Shape, repeating value: Float = 0) {
    self.init(uninitialized: shape)
    unsafe storage.base.initialize(repeating: value, count: shape.count)
  }

  /// Makes a tensor from its elements in row-major order; traps when their number does not fit.
  public init(_ shape: Shape, _ elements: [Float]) {
    require(
      elements.count == shape.count,
      "a \(shape) tensor has \(shape.count) elements, but \(elements.count) were given")
    self.init(uninitialized: shape)
    unsafe elements.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      unsafe storage.base.update(from: start, count: source.count)
    }
  }

  /// Makes a tensor by calling `element` once for each row-major index, in order.
  public init(_ shape: Shape, generate element: (_ index: Int) throws -> Float) rethrows {
    self.init(uninitialized: shape)
    for index in 0..<shape.count { unsafe storage.base[index] = try element(index) }
  }

  /// The number of elements.
  public var count: Int { shape.count }

  /// The elements in row-major order: a copy, O(count).
  public var elements: [Float] {
    get { unsafe withElements { unsafe Array($0) } }
    set { self = Tensor(shape, newValue) }
  }

  /// Calls `body` with the elements in row-major order, without copying them where possible.
  public func withElements<R, E: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    let rowMajor = inRowMajorOrder()
    // The storage must outlive the call: what was converted belongs to nobody else.
    defer { withExtendedLifetime(rowMajor) {} }
    return unsafe try body(UnsafeBufferPointer(start: rowMajor.storage.base, count: count))
  }

  /// Calls `body` with the elements in row-major order, to be changed in place.
  public mutating func withMutableElements<R, E: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    if layout != .rowMajor { self = inRowMajorOrder() }
    makeUnique()
    return unsafe try body(UnsafeMutableBufferPointer(start: storage.base, count: count))
  }

  /// Whether both have the same elements because they are the same in memory: copies of one tensor of
  /// which none was written.
  package func sharesMemory(with other: Tensor) -> Bool { storage === other.storage }

  /// Copies the storage unless this tensor is its only owner.
  mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage) { return }
    let copy = TensorStorage(uninitialized: storage.vectors * 16)
    unsafe copy.base.update(from: storage.base, count: storage.vectors * 16)
    storage = copy
  }

  /// Whether the shapes and all elements are equal.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    guard a.shape == b.shape else { return false }
    return unsafe a.withElements { x in
      unsafe b.withElements { y in
        for i in 0..<x.count where unsafe x[i] != y[i] { return false }
        return true
      }
    }
  }
}
