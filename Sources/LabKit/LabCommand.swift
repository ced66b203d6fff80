/// The command line of a lab: the lab's own parameters and the engine's options side by side.
struct LabCommand<Body: Lab>: ParsableCommand {
  static var configuration: CommandConfiguration {
    var configuration = Body.configuration
    configuration.commandName = Body.configuration.commandName ?? Body.programName
    if configuration.abstract.isEmpty { configuration.abstract = Body.title ?? "" }
    let discussion = configuration.discussion
    configuration.discussion =
      (discussion.isEmpty ? "" : discussion + "\n\n") + ExitStatus.table
    return configuration
  }

  @OptionGroup(title: "Parameters of the lab")
  var lab: Body

  @OptionGroup(title: "The report")
  var engine: EngineOptions
}

extension Lab {
  /// What the executable was called when it was built: the module's name, as `#fileID` has it.
  ///
  /// Not the name of the file being run: a renamed executable still makes the same report. But a
  /// product named `padding-guide` has a module named `padding_guide`, and is run by its own name.
  static var programName: String {
    let module =
      sources.first.flatMap { $0.fileID.split(separator: "/").first }.map(String.init) ?? "lab"
    let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? module
    let asModule = String(called.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    return asModule == module ? called : module
  }

  /// The first heading of the prose.
  static var title: String? {
    sources.first?.text.split(whereSeparator: \.isNewline).lazy
      .first { $0.hasPrefix("//: # ") }.map { String($0.dropFirst(6)) }
  }
}

/// A parameter of a lab, as it stands in the provenance.
struct LabParameter: Equatable {
  var name: String
  var value: String

  /// The values of a lab's `@Option`s, `@Flag`s and `@Argument`s, in the order of declaration.
  static func all(of lab: some ParsableArguments) -> [LabParameter] {
    Mirror(reflecting: lab).children.flatMap { child -> [LabParameter] in
      // A property wrapper is stored under the property's name with an underscore before it.
      guard let label = child.label, label.hasPrefix("_"),
        let parameter = child.value as? any ParameterWrapper
      else { return [] }
      return parameter.parameters(named: String(label.dropFirst()))
    }
  }
}

/// The property wrappers of a command line that hold parameters.
private protocol ParameterWrapper {
  func parameters(named name: String) -> [LabParameter]
}

extension ParameterWrapper {
  /// Optionals are shown without their wrapping, and as "none" when empty.
  fileprivate func parameter(_ name: String, _ value: Any) -> [LabParameter] {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      guard let content = mirror.children.first?.value else {
        return [LabParameter(name: name, value: "none")]
      }
      return parameter(name, content)
    }
    return [LabParameter(name: name, value: "\(value)")]
  }
}

extension Option: ParameterWrapper {
  fileprivate func parameters(named name: String) -> [LabParameter] {
    parameter(name, wrappedValue)
  }
}

extension Flag: ParameterWrapper {
  fileprivate func parameters(named name: String) -> [LabParameter] {
    parameter(name, wrappedValue)
  }
}

extension Argument: ParameterWrapper {
  fileprivate func parameters(named name: String) -> [LabParameter] {
    parameter(name, wrappedValue)
  }
}

extension OptionGroup: ParameterWrapper {
  fileprivate func parameters(named name: String) -> [LabParameter] {
    LabParameter.all(of: wrappedValue)
  }
}
