internal import SystemCalls

extension Report {
  /// Writes the figures that are there as shapes, each named as its picture, into a folder.
  func writeVectors(to folder: String) throws {
    for case .cell(let cell) in blocks {
      for case .figure(let placed) in cell.items {
        for file in placed.figure.vectors {
          try Disk().replace("\(folder)/\(placed.name).\(file.ending)", with: file.bytes)
        }
      }
    }
  }
}
