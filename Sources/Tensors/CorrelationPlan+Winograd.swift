internal import CKernels
internal import KernelInterface

// Winograd's minimal filtering F(2×2, 3×3): a tile of 2×2 outputs takes 16 products per channel
// instead of 36. Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, summed over the channels before the way back.
//
// A. Lavin, S. Gray: Fast Algorithms for Convolutional Neural Networks, CVPR 2016.

extension CorrelationPlan {
  /// Computes some pairs of rows of one block and group; the kernel has 3×3 cells without gaps and
  /// moves by one.
  ///
  /// Every output is a sum over the channels in their order, whatever the runs of tiles are.
  func computeTiles(
    _ input: Tensor, _ transformed: TensorStorage, _ output: Tensor, _ finish: Finish,
    _ block: Int, _ group: Int, _ partRows: Range<Int>
  ) {
    let tileColumns = (columns + 1) / 2
    let firstTile = partRows.lowerBound / 2 * tileColumns
    let tiles = (partRows.upperBound + 1) / 2 * tileColumns - firstTile
    let runs = (tiles + KernelSizes.tilesPerRun - 1) / KernelSizes.tilesPerRun
    let room = KernelSizes.tilesPerRun
    // One run of tiles more between positions: else they would all fall on the same few lines of
    // the first-level cache.
    let positionStride = (inputsPerGroup + 1) * room
    let patches = TensorStorage(uninitialized: 16 * positionStride * 16)
    let products = TensorStorage(uninitialized: 16 * 4 * room * 16)
    let lines = TensorStorage(uninitialized: 2 * 16 * inputsPerGroup)
    let fours = (outputsPerGroup + 3) / 4
    let inputArea = inputHeight * inputWidth
    let start = group * outputsPerGroup * outputArea
    var patchJob = unsafe PatchJob(
      input: input.lanes(ofBlock: block) + group * inputsPerGroup * inputArea,
      output: patches.lanes)
    unsafe patchJob.height = inputHeight
    unsafe patchJob.width = inputWidth
    unsafe patchJob.channels = inputsPerGroup
    unsafe patchJob.top = rowOffsets.min() ?? 0
    unsafe patchJob.left = columnOffsets.min() ?? 0
    unsafe patchJob.tileColumns = tileColumns
    unsafe patchJob.positionStride = positionStride
    var tileJob = unsafe TileJob(
      patches: patches.lanes, weights: transformed.base + group * fours * 64 * inputsPerGroup,
      products: products.lanes,
      lines: UnsafeMutableRawPointer(lines.base).assumingMemoryBound(to: UnsafeRawPointer.self),
      output: output.lanes(ofBlock: block) + start)
    unsafe tileJob.positionStride = positionStride
    unsafe tileJob.channels = inputsPerGroup
    unsafe tileJob.outputs = outputsPerGroup
    unsafe tileJob.bias = finish.bias.map {
      unsafe UnsafePointer($0.storage.base + group * outputsPerGroup)
    }
    unsafe tileJob.mask = finish.mask.map {
      unsafe UnsafePointer($0.lanes(ofBlock: block) + start)
    }
    unsafe tileJob.height = rows
    unsafe tileJob.width = columns
    unsafe tileJob.tileColumns = tileColumns
    unsafe tileJob.rectifies = finish.rectifies
    unsafe tileJob.lanes = output.laneCount(ofBlock: block)
    // The tiles are dealt out evenly.
    func range(_ run: Int) -> Range<Int> {
      firstTile + run * tiles / runs..<firstTile + (run + 1) * tiles / runs
    }
    for run in 0..<runs {
      unsafe patchJob.tiles = range(run)
      unsafe tileJob.tiles = range(run)
      unsafe Compute.kernels.transformPatches(patchJob)
      unsafe patchJob.tiles = range(run + 1)
      unsafe tileJob.next = run + 1 < runs ? patchJob : nil
      unsafe Compute.kernels.computeTiles(tileJob)
    }
    withExtendedLifetime((patches, products, lines)) {}
  }

  /// The kernel's transforms G g Gᵀ, where
  ///
  /// ```text
  ///     ⎡1  0  0⎤
  /// G = ⎢½  ½  ½⎥
  ///     ⎢½ −½  ½⎥
  ///     ⎣0  0  1⎦
  /// ```
  ///
  /// as the products want them: [group][four output channels][position][channel][output of the
  /// four]. In double precision, and rounded once.
  func transformWeights(_ w: Tensor) -> TensorStorage {
    let (inputs, outputs) = (inputsPerGroup, outputsPerGroup)
    let fours = (outputs + 3) / 4
    let transformed = TensorStorage(uninitialized: groups * fours * 64 * inputs)
    // The kernel is (O, C / groups, …); from one channel of this pass to the next:
    let outputStep = isTransposed ? 9 : w.shape[1] * 9
    let inputStep = isTransposed ? w.shape[1] * 9 : 9
    // The gradient of the input sees the kernel backwards.
    let (rowStart, rowStep) = rowOffsets[0] < rowOffsets[2] ? (0, 3) : (6, -3)
    let (columnStart, columnStep) = columnOffsets[0] < columnOffsets[2] ? (0, 1) : (2, -1)
    for group in 0..<groups {
      let start = group * (isTransposed ? inputs * inputStep : outputs * outputStep)
      for four in 0..<fours {
        let count = min(4, outputs - 4 * four)
        let target = unsafe transformed.base + (group * fours + four) * 64 * inputs
        for c in 0..<inputs {
          let cell = unsafe w.storage.base + (start + 4 * four * outputStep + c * inputStep)
          func row(_ u: Int) -> (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) {
            func weights(_ v: Int) -> SIMD4<Double> {
              let place = rowStart + u * rowStep + columnStart + v * columnStep
              var values = SIMD4<Double>(repeating: 0)
              for o in 0..<count { values[o] = unsafe Double(cell[o * outputStep + place]) }
              return values
            }
            return (weights(0), weights(1), weights(2))
          }
          func put(_ row: Int, _ r: (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>)) {
            let even = 0.5 * (r.0 + r.2)
            let odd = 0.5 * r.1
            let values = (r.0, even + odd, even - odd, r.2)
            let place = unsafe UnsafeMutableRawPointer(target + (4 * row * inputs + c) * 4)
            let step = 16 * inputs
            unsafe place.storeBytes(of: SIMD4<Float>(values.0), as: SIMD4<Float>.self)
            unsafe (place + step).storeBytes(of: SIMD4<Float>(values.1), as: SIMD4<Float>.self)
            unsafe (place + 2 * step).storeBytes(of: SIMD4<Float>(values.2), as: SIMD4<Float>.self)
            unsafe (place + 3 * step).storeBytes(of: SIMD4<Float>(values.3), as: SIMD4<Float>.self)
          }
          let (g0, g1, g2) = (row(0), row(1), row(2))
          let even = (0.5 * (g0.0 + g2.0), 0.5 * (g0.1 + g2.1), 0.5 * (g0.2 + g2.2))
          let odd = (0.5 * g1.0, 0.5 * g1.1, 0.5 * g1.2)
          put(0, g0)
          put(1, (even.0 + odd.0, even.1 + odd.1, even.2 + odd.2))
          put(2, (even.0 - odd.0, even.1 - odd.1, even.2 - odd.2))
          put(3, g2)
        }
      }
    }
    return transformed
  }
}
