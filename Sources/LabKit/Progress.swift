internal import Synchronization

/// The progress of a task, drawn as one line on standard error while the lab runs.
///
/// Over the elements of a collection:
///
/// ```swift
/// let training = Progress("Training", over: dataset.batches(of: 50))
/// for batch in training {
///   // …
///   training.report("loss", loss)
/// }
/// ```
///
/// By hand:
///
/// ```swift
/// let training = Progress("Training", count: epochs * batchCount, unit: "step")
/// for epoch in 0..<epochs {
///   for batch in dataset.batches(of: 50) {
///     // …
///     training.advance("loss", loss)
///   }
/// }
/// ```
///
/// The line has a bar, the count, the rate, the time that remains and the latest value. Progress is
/// no part of the report. A step costs well under a microsecond: only some twenty a second are sent.
///
/// A task is over when its sequence ends, when ``finish()`` is called, or when the last copy of the
/// value is gone.
public struct Progress<Elements: Sequence> {
  private let elements: Elements
  private let task: ProgressTask

  /// The progress of a walk over a collection, which knows its count.
  ///
  /// - Parameters:
  ///   - title: What is being done: `Training`.
  ///   - elements: What is walked over.
  ///   - unit: What one element is called, in the singular: `batch`.
  public init(_ title: String, over elements: Elements, unit: String = "step")
  where Elements: Collection {
    self.elements = elements
    task = ProgressTask(title, total: elements.count, unit: unit)
  }

  /// The progress of a walk over a sequence.
  ///
  /// - Parameters:
  ///   - title: What is being done.
  ///   - elements: What is walked over.
  ///   - count: How many elements it has, when that is known.
  ///   - unit: What one element is called, in the singular.
  public init(_ title: String, over elements: Elements, count: Int?, unit: String = "step") {
    self.elements = elements
    task = ProgressTask(title, total: count, unit: unit)
  }

  /// Notes the latest value of a quantity; it stands at the end of the line.
  ///
  /// - Parameters:
  ///   - name: What it is: `loss`.
  ///   - value: Its value, written with three significant digits.
  public func report(_ name: String, _ value: some BinaryFloatingPoint) {
    task.note(name, Double(value))
  }

  /// Counts steps as done.
  ///
  /// - Parameter steps: How many.
  public func advance(by steps: Int = 1) {
    task.advance(by: steps)
  }

  /// Counts a step as done, and notes the latest value of a quantity.
  ///
  /// - Parameters:
  ///   - name: What it is: `loss`.
  ///   - value: Its value.
  public func advance(_ name: String, _ value: some BinaryFloatingPoint) {
    task.note(name, Double(value))
    task.advance(by: 1)
  }

  /// Ends the task where it is. Ending it again does nothing.
  public func finish() {
    task.finish()
  }
}

extension Progress where Elements == Range<Int> {
  /// The progress of a task that is advanced by hand; walked over, it gives the numbers of its
  /// steps from 0.
  ///
  /// - Parameters:
  ///   - title: What is being done.
  ///   - count: How many steps it has.
  ///   - unit: What one step is called, in the singular: `step`.
  public init(_ title: String, count: Int, unit: String = "step") {
    self.init(title, over: 0..<Swift.max(0, count), unit: unit)
  }
}

extension Progress: Sequence {
  /// Walks over the elements; asking for the next one counts the one before as done.
  public struct Iterator: IteratorProtocol {
    private var elements: Elements.Iterator
    private let task: ProgressTask
    private var hasElement = false

    init(_ elements: Elements.Iterator, _ task: ProgressTask) {
      self.elements = elements
      self.task = task
    }

    /// The next element; nil, and the task is over, when there is none.
    public mutating func next() -> Elements.Element? {
      if hasElement { task.advance(by: 1) }
      let element = elements.next()
      hasElement = element != nil
      if !hasElement { task.finish() }
      return element
    }
  }

  /// Starts the walk.
  public func makeIterator() -> Iterator {
    Iterator(elements.makeIterator(), task)
  }

  /// That of what is walked over.
  public var underestimatedCount: Int { elements.underestimatedCount }
}

extension Progress: Sendable where Elements: Sendable {}
