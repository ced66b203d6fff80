/// Lists the layers of a ``Sequential``, one a line, with `if`, `switch` and `for` where needed.
@resultBuilder
public enum LayerBuilder {
  /// A layer by itself.
  public static func buildExpression(_ layer: some Layer) -> [any Layer] { [layer] }

  /// Layers made elsewhere.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }

  /// One after another.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap(\.self) }

  /// `for`.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap(\.self) }

  /// `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }

  /// The first branch.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }

  /// The other branch.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
}
