public import KernelInterface

/// This module's kernels. Call it only where the machine runs the module's instruction set.
public func kernelTable() -> KernelTable {
  unsafe KernelTable(
    correlate: correlate,
    correlatePoints: correlatePoints,
    accumulateWeightGradient: accumulateWeightGradient,
    accumulatePoints: accumulatePoints,
    splitInput: splitInput,
    splitGradient: splitGradient,
    foldRows: foldRows,
    unfoldRows: unfoldRows,
    transformPatches: transformPatches,
    computeTiles: computeTiles,
    transformGradients: transformGradients,
    addWeights: addWeights,
    finishWeights: finishWeights,
    multiply: multiply,
    linearWeightGradient: linearWeightGradient,
    packLanes: packLanes,
    unpackLanes: unpackLanes,
    padRows: padRows,
    sumLanes: sumLanes,
    transformChannels: transformChannels,
    sumChannels: sumChannels,
    greatestMagnitudes: greatestMagnitudes,
    maxPool: maxPool,
    maxPoolGradient: maxPoolGradient,
    averagePool: averagePool,
    averagePoolGradient: averagePoolGradient,
    apply: apply,
    combine: combine,
    adamStep: adamStep,
    fillNormal: fillNormal,
    fillUniform: fillUniform,
    spinMultiplyAdds: spinMultiplyAdds)
}
