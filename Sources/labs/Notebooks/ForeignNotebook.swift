import Foundation

/// A Jupyter notebook in whatever language, as its file has it.
struct ForeignNotebook {
  /// A cell.
  struct Cell {
    /// `markdown`, `code` or `raw`.
    var kind: String
    var text: String
    var outputs: [Output] = []
    /// Pictures that the cell's Markdown shows, by name.
    var attachments: [String: Data] = [:]
  }

  /// What a cell showed.
  enum Output {
    case text(String)
    case picture(Data, ending: String)
    case error(String)
  }

  /// The file's name.
  var name: String
  /// The folder that its Markdown's pictures are seen from.
  var folder: URL
  /// `python`.
  var language: String
  var cells: [Cell]

  /// Reads a notebook.
  ///
  /// - Throws: A sentence where the file is none.
  init(_ path: String) throws {
    guard let data = try FileManager.default.wholeFile(path) else {
      throw Complaint("\(path): there is no such notebook")
    }
    guard let root = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] else {
      throw Complaint("\(path) is no Jupyter notebook: it is not the JSON of one")
    }
    guard let cells = root["cells"] as? [[String: Any]] else {
      throw Complaint(
        root["worksheets"] == nil
          ? "\(path) is no Jupyter notebook: it has no cells"
          : "\(path) is a notebook of format 3; 'jupyter nbconvert --to notebook' makes it one of 4"
      )
    }
    let metadata = root["metadata"] as? [String: Any]
    let info = metadata?["language_info"] as? [String: Any]
    let kernel = metadata?["kernelspec"] as? [String: Any]
    let language = (info?["name"] as? String) ?? (kernel?["language"] as? String) ?? "python"
    self.language = language.filter { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "#" }
    name = URL(filePath: path).lastPathComponent
    folder = URL(filePath: path).deletingLastPathComponent()
    self.cells = cells.map(Self.cell)
    guard !self.cells.isEmpty else { throw Complaint("\(path) has no cells") }
  }

  private static func cell(_ json: [String: Any]) -> Cell {
    var cell = Cell(kind: json["cell_type"] as? String ?? "raw", text: text(json["source"]))
    cell.outputs = (json["outputs"] as? [[String: Any]] ?? []).compactMap(output)
    for (name, forms) in json["attachments"] as? [String: [String: Any]] ?? [:] {
      for form in forms.values {
        if let data = Data(
          base64Encoded: text(form), options: .ignoreUnknownCharacters)
        {
          cell.attachments[name] = data
        }
      }
    }
    return cell
  }

  private static func output(_ json: [String: Any]) -> Output? {
    switch json["output_type"] as? String {
    case "stream": return .text(text(json["text"]))
    case "error":
      let kind = json["ename"] as? String ?? "error"
      return .error("\(kind): \(json["evalue"] as? String ?? "")")
    case "execute_result", "display_data":
      let data = json["data"] as? [String: Any] ?? [:]
      for (type, ending) in [("image/png", "png"), ("image/jpeg", "jpg")] {
        let bytes = Data(base64Encoded: text(data[type]), options: .ignoreUnknownCharacters)
        if let bytes, !bytes.isEmpty { return .picture(bytes, ending: ending) }
      }
      let plain = text(data["text/plain"])
      return plain.isEmpty ? nil : .text(plain)
    default: return nil
    }
  }

  /// A text, or the lines of one.
  private static func text(_ json: Any?) -> String {
    if let text = json as? String { return text.replacing("\r\n", with: "\n") }
    return (json as? [String] ?? []).joined().replacing("\r\n", with: "\n")
  }
}
