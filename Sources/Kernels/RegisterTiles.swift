internal import KernelInterface

// How many sums of a tile the registers hold: all that the loops here need to know about an
// instruction set, and the only `#if` among them. A tile also needs a register for its value and
// some for its factors; one sum too many, and all of them live in memory.
//
// A tile is one generic function over its sizes (`Tile<rows, columns>`), which the compiler turns into
// one function for each size in use. Every size gives the same bits: a tile only says which sums are
// computed at the same time.

#if REGISTERS_32X512
  /// The sums of any tile.
  typealias Accumulators = InlineArray<24, Lanes>

  /// Thirty-two registers of 16 floats.
  enum RegisterTiles {
    /// Output channels × columns of a convolution.
    typealias Correlation = TileColumns<12, 12, 8, 6>
    /// Output channels × taps of its weight gradient.
    typealias WeightGradient = TileColumns<8, 8, 8, 6>
    /// Blocks × rows of a linear map.
    typealias LinearProduct = TileColumns<6, 6, 6, 6>
    /// Outputs of a linear map's weight gradient; four vectors of features each.
    typealias LinearWeightGradient = Tile<6, 4>
    /// Output channels × tiles of minimal filtering.
    typealias WinogradProduct = Tile<4, 6>
    /// Sixteens of output channels × channels of its weight gradient.
    typealias WinogradWeights = Tile<2, 12>
    /// Sums of the loop that measures the peak.
    typealias Peak = Tile<1, 12>
  }
#else
  /// The sums of any tile.
  typealias Accumulators = InlineArray<6, Lanes>

  /// Sixteen registers of 8 floats, thirty-two of 4 (NEON), or what there is: a sum takes two or
  /// four of them.
  enum RegisterTiles {
    /// Output channels × columns of a convolution.
    typealias Correlation = TileColumns<6, 3, 0, 0>
    /// Output channels × taps of its weight gradient.
    typealias WeightGradient = TileColumns<5, 3, 0, 0>
    /// Blocks × rows of a linear map.
    typealias LinearProduct = TileColumns<6, 3, 0, 0>
    /// Outputs of a linear map's weight gradient; four vectors of features each.
    typealias LinearWeightGradient = Tile<1, 4>
    /// Output channels × tiles of minimal filtering.
    typealias WinogradProduct = Tile<2, 3>
    /// Sixteens of output channels × channels of its weight gradient.
    typealias WinogradWeights = Tile<1, 4>
    /// Sums of the loop that measures the peak.
    typealias Peak = Tile<1, 6>
  }
#endif
