internal import CKernels
internal import KernelInterface

// Winograd's minimal filtering, F(4, 3) down the rows and F(2, 3) along the columns: a tile of 4×2
// outputs takes 24 products per channel instead of 72, summed over the channels before the way back.
//
// A. Lavin, S. Gray: Fast Algorithms for Convolutional Neural Networks, CVPR 2016.

extension CorrelationPlan {
  /// Computes some rows of tiles of one block and group; the kernel has 3×3 cells without gaps and
  /// moves by one.
  ///
  /// Every output is a sum over the channels in their order, whatever the runs of tiles are.
  func computeTiles(
    _ input: Tensor, _ transformed: TensorStorage, _ output: Tensor, _ finish: Finish,
    _ block: Int, _ group: Int, _ partRows: Range<Int>
  ) {
    let tileColumns = (columns + 1) / 2
    let firstTile = partRows.lowerBound / 4 * tileColumns
    let tiles = (partRows.upperBound + 3) / 4 * tileColumns - firstTile
    let runs = (tiles + KernelSizes.tilesPerRun - 1) / KernelSizes.tilesPerRun
    let room = KernelSizes.tilesPerRun
    // One run of tiles more between positions: else they would all fall on the same few lines of
    // the first-level cache.
    let positionStride = (inputsPerGroup + 1) * room
    let patches = TensorStorage(uninitialized: 24 * positionStride * 16)
    let products = TensorStorage(uninitialized: 24 * 4 * room * 16)
    let lines = TensorStorage(uninitialized: 2 * 24 * inputsPerGroup)
    let fours = (outputsPerGroup + 3) / 4
    // A pool's planes are a quarter as large.
    let inputArea = inputHeight * inputWidth / (finish.inputWinners == nil ? 1 : 4)
    let start = group * outputsPerGroup * (outputArea / (finish.winners == nil ? 1 : 4))
    let inputStart = group * inputsPerGroup * inputArea
    var patchJob = unsafe PatchJob(
      input: input.lanes(ofBlock: block) + inputStart, output: patches.lanes)
    unsafe patchJob.winners = finish.inputWinners.map {
      unsafe UnsafePointer($0.bytes(ofBlock: block) + 16 * inputStart)
    }
    unsafe patchJob.height = inputHeight
    unsafe patchJob.width = inputWidth
    unsafe patchJob.channels = inputsPerGroup
    unsafe patchJob.top = rowOffsets.min() ?? 0
    unsafe patchJob.left = columnOffsets.min() ?? 0
    unsafe patchJob.tileColumns = tileColumns
    unsafe patchJob.positionStride = positionStride
    var tileJob = unsafe TileJob(
      patches: patches.lanes, weights: transformed.base + group * fours * 96 * inputsPerGroup,
      products: products.lanes,
      lines: UnsafeMutableRawPointer(lines.base).assumingMemoryBound(to: UnsafeRawPointer.self),
      output: output.lanes(ofBlock: block) + start)
    unsafe tileJob.winners = finish.winners.map { unsafe $0.bytes(ofBlock: block) + 16 * start }
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

  /// The kernel's transforms, for rows and columns, with a = √½ and b = √2,
  ///
  /// ```text
  /// ⎡ 1    0   0⎤        ⎡1  0  0⎤
  /// ⎢−⅔  −⅔a  −⅓⎥        ⎢½  ½  ½⎥
  /// ⎢−⅔   ⅔a  −⅓⎥        ⎢½ −½  ½⎥
  /// ⎢ ⅙   ⅙b   ⅓⎥        ⎣0  0  1⎦
  /// ⎢ ⅙  −⅙b   ⅓⎥
  /// ⎣ 0    0   1⎦
  /// ```
  ///
  /// as the products want them: [group][four output channels][position][channel][output of the
  /// four]. In double precision, and rounded once.
  func transformWeights(_ w: Tensor) -> TensorStorage {
    let (inputs, outputs) = (inputsPerGroup, outputsPerGroup)
    let fours = (outputs + 3) / 4
    let transformed = TensorStorage(uninitialized: groups * fours * 96 * inputs)
    let (near, far) = (2.0.squareRoot() / 3, 2.0.squareRoot() / 6)
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
        let target = unsafe transformed.base + (group * fours + four) * 96 * inputs
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
          func combine(_ f0: Double, _ f1: Double, _ f2: Double) -> (
            SIMD4<Double>, SIMD4<Double>, SIMD4<Double>
          ) {
            (
              f0 * g0.0 + f1 * g1.0 + f2 * g2.0, f0 * g0.1 + f1 * g1.1 + f2 * g2.1,
              f0 * g0.2 + f1 * g1.2 + f2 * g2.2
            )
          }
          put(0, g0)
          put(1, combine(-2 / 3, -near, -1 / 3))
          put(2, combine(-2 / 3, near, -1 / 3))
          put(3, combine(1 / 6, far, 1 / 3))
          put(4, combine(1 / 6, -far, 1 / 3))
          put(5, g2)
        }
      }
    }
    return transformed
  }
}
