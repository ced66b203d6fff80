import Foundation
import PackagePlugin

/// Builds a lab's own source text into its executable.
///
/// For each Swift target that asks for it, one build command reads the target's Swift files and
/// writes `LabSources.swift`, which gives the `@main` type its `sources`. The text is what the
/// compiler saw: a moved executable, or a file edited since the build, still weaves what runs. A digest of
/// the code that the lab stands on goes along, its other modules and LabKit itself: what was computed by
/// other code is not remembered.
@main
struct SourceEmbedderPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let root = context.package.directoryURL
    // With the code comes what its prose cites.
    let sources = [".swift", ".bib"].flatMap { module.sourceFiles(withSuffix: $0).map(\.url) }
      .sorted { $0.path < $1.path }
    let foundations = Set(
      target.recursiveTargetDependencies.compactMap(\.sourceModule).flatMap { module in
        module.sourceFiles.filter { $0.type == .source || $0.type == .header }.map(\.url)
      }
    ).sorted { $0.path < $1.path }
    let generated = context.pluginWorkDirectoryURL.appending(path: "LabSources.swift")
    return [
      .buildCommand(
        displayName: "Embedding the source of \(target.name)",
        executable: try context.tool(named: "SourceEmbedder").url,
        arguments: [module.moduleName, root.path, generated.path] + sources.map(\.path)
          + ["--on"] + foundations.map(\.path),
        inputFiles: sources + foundations,
        outputFiles: [generated])
    ]
  }
}
