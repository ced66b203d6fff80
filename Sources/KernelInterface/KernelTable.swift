/// The kernels of one instruction set: what every `Kernels…` module fills once with its own functions,
/// and of which `Tensors` chooses one. An object, so that 32 functions are not copied whenever one of
/// them is called.
@unsafe
public final class KernelTable: Sendable {
  /// What works on one job.
  public typealias Kernel<Job> = @Sendable (Job) -> Void

  /// Sums of a convolution's rows.
  public let correlate: Kernel<CorrelationJob>
  /// The same for a kernel of one cell, whose channels take the place of its columns.
  public let correlatePoints: Kernel<CorrelationJob>
  /// Partial sums of a convolution's weight gradient.
  public let accumulateWeightGradient: Kernel<WeightGradientJob>
  /// The same for a kernel of one cell.
  public let accumulatePoints: Kernel<WeightGradientJob>
  /// The planes of differences of an image split by parity.
  public let splitInput: Kernel<ParityJob>
  /// The planes of sums of a gradient split by parity.
  public let splitGradient: Kernel<ParityJob>
  /// Strips of a block with few items, side by side.
  public let foldRows: Kernel<FoldJob>
  /// The strips back in their rows.
  public let unfoldRows: Kernel<FoldJob>
  /// Patches of the input, transformed.
  public let transformPatches: Kernel<PatchJob>
  /// Products of the patches, transformed back.
  public let computeTiles: Kernel<TileJob>
  /// Tiles of an output's gradient, transformed.
  public let transformGradients: Kernel<GradientTileJob>
  /// Products of patches and gradients, added up.
  public let addWeights: Kernel<WeightSumJob>
  /// Their sums, transformed back.
  public let finishWeights: Kernel<WeightTileJob>
  /// The rows of a linear map, or of its input's gradient.
  public let multiply: Kernel<LinearJob>
  /// The weight gradient of a linear map.
  public let linearWeightGradient: Kernel<LinearWeightGradientJob>
  /// Items side by side in the lanes.
  public let packLanes: Kernel<LayoutJob>
  /// Lanes back to their items.
  public let unpackLanes: Kernel<LayoutJob>
  /// Rows between margins of zeros.
  public let padRows: Kernel<PaddingJob>
  /// Sums over blocks and lanes.
  public let sumLanes: Kernel<LaneSumJob>
  /// A factor and a term per channel.
  public let transformChannels: Kernel<ChannelJob>
  /// Sums of whole channels in double precision.
  public let sumChannels: Kernel<ChannelSumJob>
  /// The greatest magnitude in each lane.
  public let greatestMagnitudes: Kernel<MagnitudeJob>
  /// The largest value under each window.
  public let maxPool: Kernel<PoolingJob>
  /// Its gradient.
  public let maxPoolGradient: Kernel<PoolingJob>
  /// The mean under each window.
  public let averagePool: Kernel<PoolingJob>
  /// Its gradient.
  public let averagePoolGradient: Kernel<PoolingJob>
  /// An operation on every element.
  public let apply: @Sendable (UnaryOperation, ElementwiseJob) -> Void
  /// An operation on every pair of elements.
  public let combine: @Sendable (BinaryOperation, ElementwiseJob) -> Void
  /// One step of Adam.
  public let adamStep: Kernel<AdamJob>
  /// Normal numbers; returns the first vector with one that is not certain, or the end.
  public let fillNormal: @Sendable (NormalJob) -> Int
  /// Uniform numbers.
  public let fillUniform: Kernel<UniformJob>
  /// Multiply-adds in registers and nothing else; returns how many.
  public let spinMultiplyAdds: @Sendable (Int, UnsafeMutablePointer<Float>) -> Int

  /// A table with every kernel.
  public init(
    correlate: @escaping Kernel<CorrelationJob>,
    correlatePoints: @escaping Kernel<CorrelationJob>,
    accumulateWeightGradient: @escaping Kernel<WeightGradientJob>,
    accumulatePoints: @escaping Kernel<WeightGradientJob>,
    splitInput: @escaping Kernel<ParityJob>,
    splitGradient: @escaping Kernel<ParityJob>,
    foldRows: @escaping Kernel<FoldJob>,
    unfoldRows: @escaping Kernel<FoldJob>,
    transformPatches: @escaping Kernel<PatchJob>,
    computeTiles: @escaping Kernel<TileJob>,
    transformGradients: @escaping Kernel<GradientTileJob>,
    addWeights: @escaping Kernel<WeightSumJob>,
    finishWeights: @escaping Kernel<WeightTileJob>,
    multiply: @escaping Kernel<LinearJob>,
    linearWeightGradient: @escaping Kernel<LinearWeightGradientJob>,
    packLanes: @escaping Kernel<LayoutJob>,
    unpackLanes: @escaping Kernel<LayoutJob>,
    padRows: @escaping Kernel<PaddingJob>,
    sumLanes: @escaping Kernel<LaneSumJob>,
    transformChannels: @escaping Kernel<ChannelJob>,
    sumChannels: @escaping Kernel<ChannelSumJob>,
    greatestMagnitudes: @escaping Kernel<MagnitudeJob>,
    maxPool: @escaping Kernel<PoolingJob>,
    maxPoolGradient: @escaping Kernel<PoolingJob>,
    averagePool: @escaping Kernel<PoolingJob>,
    averagePoolGradient: @escaping Kernel<PoolingJob>,
    apply: @escaping @Sendable (UnaryOperation, ElementwiseJob) -> Void,
    combine: @escaping @Sendable (BinaryOperation, ElementwiseJob) -> Void,
    adamStep: @escaping Kernel<AdamJob>,
    fillNormal: @escaping @Sendable (NormalJob) -> Int,
    fillUniform: @escaping Kernel<UniformJob>,
    spinMultiplyAdds: @escaping @Sendable (Int, UnsafeMutablePointer<Float>) -> Int
  ) {
    unsafe self.correlate = correlate
    unsafe self.correlatePoints = correlatePoints
    unsafe self.accumulateWeightGradient = accumulateWeightGradient
    unsafe self.accumulatePoints = accumulatePoints
    unsafe self.splitInput = splitInput
    unsafe self.splitGradient = splitGradient
    unsafe self.foldRows = foldRows
    unsafe self.unfoldRows = unfoldRows
    unsafe self.transformPatches = transformPatches
    unsafe self.computeTiles = computeTiles
    unsafe self.transformGradients = transformGradients
    unsafe self.addWeights = addWeights
    unsafe self.finishWeights = finishWeights
    unsafe self.multiply = multiply
    unsafe self.linearWeightGradient = linearWeightGradient
    unsafe self.packLanes = packLanes
    unsafe self.unpackLanes = unpackLanes
    unsafe self.padRows = padRows
    unsafe self.sumLanes = sumLanes
    unsafe self.transformChannels = transformChannels
    unsafe self.sumChannels = sumChannels
    unsafe self.greatestMagnitudes = greatestMagnitudes
    unsafe self.maxPool = maxPool
    unsafe self.maxPoolGradient = maxPoolGradient
    unsafe self.averagePool = averagePool
    unsafe self.averagePoolGradient = averagePoolGradient
    unsafe self.apply = apply
    unsafe self.combine = combine
    unsafe self.adamStep = adamStep
    unsafe self.fillNormal = fillNormal
    unsafe self.fillUniform = fillUniform
    unsafe self.spinMultiplyAdds = spinMultiplyAdds
  }
}
