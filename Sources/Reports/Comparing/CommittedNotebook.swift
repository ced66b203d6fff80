internal import Foundation
internal import SystemCalls

/// A notebook on disk, read back into the lines of ``Notebook/projection(hasRun:)``.
struct CommittedNotebook {
  /// The lines, with the places of outputs and the names of cells.
  private(set) var document = CommittedDocument(lines: [], stretches: [])
  var text: String { document.lines.joined(separator: "\n") }
  private(set) var pictures: [String: [UInt8]] = [:]
  /// Outputs that say something else in a form that no lab writes, or that readers do not see side by
  /// side: the ids of their cells, and sentences.
  private(set) var additions: [(cell: String, sentence: String)] = []

  private struct File: Decodable {
    var cells: [Cell]
    var metadata: NotebookMetadata?
  }

  private struct NotebookMetadata: Decodable {
    var labkit: ReportOrigin?
  }

  private struct Cell: Decodable {
    var cell_type: String
    var id: String?
    var source: Text
    var metadata: Metadata?
    var outputs: [Output]?
    var attachments: [String: Content]?
  }

  private struct Metadata: Decodable {
    var volatile: Bool?
  }

  private struct Output: Decodable {
    var output_type: String
    var name: String?
    var text: Text?
    var data: [String: Content]?
    var traceback: [String]?
    var metadata: OutputMetadata?
    var evalue: String?
  }

  /// One form of an output; other programs may put any JSON there.
  private struct Content: Decodable {
    var text: Text?

    init(from decoder: any Decoder) throws { text = try? Text(from: decoder) }
  }

  private struct OutputMetadata: Decodable {
    var picture: Picture?
    enum CodingKeys: String, CodingKey {
      case picture = "image/png"
    }
  }

  private struct Picture: Decodable {
    var name: String?
    var alt: String?
    var width: Int?
    var height: Int?
  }

  /// nbformat keeps text as one string or as an array of lines.
  private struct Text: Decodable {
    var string: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let lines = try? container.decode([String].self) {
        string = lines.joined()
      } else {
        string = try container.decode(String.self)
      }
    }

    var lines: [String] {
      var lines = string.documentLines
      if string.isEmpty || string.utf8.last == UInt8(ascii: "\n") { lines.removeLast() }
      return lines
    }
  }

  /// Reads a notebook.
  ///
  /// - Throws: A sentence when it is none.
  init(_ json: String, path: String) throws(FileError) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(json.utf8))
    } catch {
      throw FileError(path: path, reason: "is not a Jupyter notebook")
    }
    var lines: [String] = []
    var stretches: [OutputStretch] = []
    var parts: [(line: Int, words: String)] = []
    for cell in file.cells { read(cell, &lines, &stretches, &parts) }
    if let origin = file.metadata?.labkit { lines.append(origin.comment) }
    document = CommittedDocument(lines: lines, stretches: stretches)
    document.parts = parts
  }

  private mutating func read(
    _ cell: Cell, _ lines: inout [String], _ stretches: inout [OutputStretch],
    _ parts: inout [(line: Int, words: String)]
  ) {
    parts.append((lines.count + 1, "\(cell.cell_type) cell \(cell.id ?? "(without id)")"))
    let id = cell.id ?? "(without id)"
    let name = SlotName(label: id, isVolatile: cell.metadata?.volatile ?? false)
    let heading = "\(cell.cell_type) cell \(id)"
    let isGenerated = cell.cell_type == "markdown" && ["summary", "provenance"].contains(id)
    let outputs = cell.outputs ?? []
    if !(cell.attachments ?? [:]).isEmpty {
      additions.append((id, "the cell has attachments, which no lab writes"))
    }
    for output in outputs {
      if let sentence = Self.addition(output) { additions.append((id, sentence)) }
    }
    let isAllOutput = isGenerated || cell.source.lines.isEmpty
    if !isAllOutput { lines.append(heading) }
    if !isGenerated { lines += cell.source.lines }
    if cell.cell_type == "markdown", !isGenerated { return }
    if outputs.isEmpty, !isAllOutput { return }
    lines.append(name.opening)
    let start = lines.count
    parts.append((start, "outputs of cell \(id)"))
    if isAllOutput { lines.append(heading) }
    if isGenerated { lines += cell.source.lines }
    for output in outputs { read(output, &lines) }
    lines += [SlotName.closing, ""]
    let form =
      (isGenerated ? CommittedDocument.form(ofMarkdown: cell.source.lines) : [])
      + outputs.flatMap(Self.form)
    stretches.append(OutputStretch(name: name, lines: start...(lines.count - 1), form: form))
  }

  /// What remains when everything that may differ from run to run is taken away.
  private static func form(_ output: Output) -> [String] {
    if output.output_type == "stream" { return ["stream \(output.name ?? "")"] }
    if output.output_type == "error" { return ["error"] }
    if output.data?["image/png"]?.text != nil {
      return ["picture \(output.metadata?.picture?.name ?? "")"]
    }
    return CommittedDocument.form(ofMarkdown: output.data?["text/markdown"]?.text?.lines ?? [])
  }

  private mutating func read(_ output: Output, _ lines: inout [String]) {
    if output.output_type == "stream" {
      lines.append("stream \(output.name ?? "")")
      lines += output.text?.lines ?? []
    } else if output.output_type == "error" {
      lines.append("error")
      lines += (output.evalue ?? "").documentLines
    } else if let data = output.data?["image/png"]?.text {
      let picture = output.metadata?.picture
      let name = picture?.name ?? ""
      lines.append("picture \(name), \(picture?.width ?? 0)×\(picture?.height ?? 0)")
      lines.append(picture?.alt ?? "")
      pictures[name + ".png"] = Base64.decode(data.string) ?? []
    } else {
      lines.append("markdown")
      lines += output.data?["text/markdown"]?.text?.lines ?? []
    }
  }

  /// What an output holds beside what the lines of the notebook say of it: a program shows one of its
  /// forms, and which one is not ours to know.
  private static func addition(_ output: Output) -> String? {
    switch output.output_type {
    case "stream": return nil
    case "error":
      return output.traceback == [output.evalue ?? ""]
        ? nil : "the traceback is not the error's sentence"
    case "display_data": break
    default: return "the output is of type \(output.output_type), which no lab writes"
    }
    let data = output.data ?? [:]
    let main = data["image/png"] == nil ? "text/markdown" : "image/png"
    if let other = data.keys.filter({ $0 != main && $0 != "text/plain" }).min() {
      return "the output is also there as \(other), which no lab writes"
    }
    guard let text = data[main]?.text, let plain = data["text/plain"]?.text else {
      return "the output is not there as \(main) and text/plain"
    }
    let expected =
      main == "image/png"
      ? [output.metadata?.picture?.alt ?? ""] : text.lines.map(Escaping.plainMarkdown)
    let isSame = plain.string.utf8.elementsEqual(expected.joined(separator: "\n").utf8)
    return isSame ? nil : "the output says something else as text/plain than as \(main)"
  }
}
