public import Numbers

extension Estimate {
  /// The estimate and its interval as a reader sees them: `0.845 (0.835 to 0.855)`.
  ///
  /// How sure the interval is stands where it is not the usual 95 %.
  public func text(_ format: NumberFormat = .automatic) -> String {
    var text = "\(format.string(value)) (\(format.string(lower)) to \(format.string(upper))"
    if confidence != 0.95 { text += " at \(NumberFormat.shortest(confidence, inPercent: true))" }
    return text + ")"
  }
}

extension TableColumn {
  /// A column of estimates with their intervals.
  public static func column(
    _ title: String, _ estimate: @escaping (Element) -> Estimate,
    as format: NumberFormat = .automatic, unit: String? = nil,
    alignment: Table.Alignment = .trailing
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      Table.Cell(estimate(element).text(format))
    }
  }
}

/// Gives an estimate with its interval a name, under which prose and tables know it:
/// `\\(accuracy)` becomes `0.845 (0.835 to 0.855)`.
///
/// - Parameters:
///   - name: The name.
///   - estimate: The estimate.
///   - format: How its three numbers are written.
///   - fileID: The file that publishes it; leave it out.
///   - line: The line that publishes it; leave it out.
/// - Returns: What was published.
@discardableResult
public func publish(
  _ name: String, _ estimate: Estimate, as format: NumberFormat = .automatic,
  fileID: String = #fileID, line: Int = #line
) -> Published {
  publish(name, estimate.text(format), fileID: fileID, line: line)
}
