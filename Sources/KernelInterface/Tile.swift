/// The two sizes of a tile of sums, known when the kernels are compiled: a type, because that is where
/// an integer generic argument can stand.
///
/// It is declared here, outside of the kernels, because the compiler emits a helper for a generic
/// type's metadata as a weak symbol, and no kernel module may hold one.
public struct Tile<let rows: Int, let columns: Int> {}

/// The most columns of a tile with one, two, three and four rows; 0 where there are no such tiles.
/// Either all four exist or the first two.
public struct TileColumns<let one: Int, let two: Int, let three: Int, let four: Int> {}

/// Which of the four numbers G makes of two a loop is for, known when it is compiled: both columns as
/// they are (0), their sum (1), their difference (2).
public struct GradientPosition<let kind: Int> {}
