/// Names the data files that a data set was read from in the report's provenance, with their
/// digests: the check then notices that the data are others.
///
/// - Parameter dataset: The data set.
public func cite(_ dataset: Dataset) {
  for source in dataset.sources { cite(source) }
}

/// Names the file that a table was read from in the report's provenance, with its digest and its
/// number of rows.
///
/// - Parameter table: The table, or one made from it.
public func cite(_ table: DataTable) {
  cite(table.source)
}

/// Names a data file in the report's provenance, with its digest.
///
/// - Parameter source: The data file.
public func cite(_ source: Datasets.DataSource) {
  Session.current?.send(
    .dataSource(
      Reports.DataSource(
        name: source.name, sha256: source.sha256, byteCount: source.byteCount,
        rowCount: source.rowCount)))
}
