internal import KernelInterface
internal import Requirements

extension Tensor {
  /// The sum over everything but the channels: (N, C, …) becomes (C).
  ///
  /// This is the gradient of a bias that is added per channel. Accumulated in double precision, in
  /// an order that depends on the shape alone, and rounded once.
  public func channelSums() -> Tensor { channelSums(nil) }

  /// The mean of each channel over everything else: (N, C, …) becomes (C); NaN where a channel has no
  /// elements. Accumulated in double precision and rounded once, so that the mean of equal numbers is that
  /// number.
  package func channelMeansOverBatch() -> Tensor {
    require(shape.rank >= 2, "channel means take N×C×…, but the shape is \(shape)")
    let terms = shape[1] == 0 ? 1 : Double(shape.count / shape[1])
    return terms == 0 ? Tensor([shape[1]], repeating: .nan) : channelSums(nil, over: terms)
  }

  /// The sums, divided by a number before they are rounded.
  ///
  /// - Parameter winners: Where this is the gradient of a pool's output, and that of its input is summed.
  func channelSums(_ winners: PoolWinners?, over divisor: Double = 1) -> Tensor {
    require(shape.rank >= 2, "channel sums take N×C×…, but the shape is \(shape)")
    let channels = shape[1]
    let result = Tensor(uninitialized: [channels])
    if count == 0 {
      result.clear()
      return result
    }
    let x = heldInLanes()
    unsafe x.withItemSums(winners) { sums in
      for channel in 0..<channels {
        var total = 0.0
        for block in 0..<x.blocks {
          for lane in 0..<16 { unsafe total += sums[block * channels + channel][lane] }
        }
        unsafe result.storage.base[channel] = Float(total / divisor)
      }
    }
    return result
  }

  /// The mean of each channel of each item: (N, C, …) becomes (N, C); NaN where a channel has no
  /// elements. Accumulated in double precision and rounded once.
  public func channelMeans() -> Tensor {
    require(shape.rank >= 2, "channel means take N×C×…, but the shape is \(shape)")
    let channels = shape[1]
    let result = Tensor(uninitialized: [shape[0], channels], layout: .lanes)
    if result.count == 0 { return result }
    let area = Double(shape.itemElementCount / channels)
    let x = heldInLanes()
    unsafe x.withItemSums { sums in
      for i in 0..<x.blocks * channels {
        for lane in 0..<16 {
          // Lanes without an item hold zeros, here as everywhere.
          unsafe result.storage.lanes[i][lane] =
            lane < x.laneCount(ofBlock: i / channels) ? Float(sums[i][lane] / area) : 0
        }
      }
    }
    return result
  }

  /// Calls `body` with the sums of each channel of each item, [block][channel] with the items in the
  /// lanes; the tensor must be held in the lanes.
  private func withItemSums(
    _ winners: PoolWinners? = nil, _ body: (UnsafePointer<SIMD16<Double>>) -> Void
  ) {
    let channels = shape[1]
    // Sixteen doubles per block and channel are two vectors of floats.
    let storage = TensorStorage(uninitialized: blocks * channels * 32)
    let sums = unsafe UnsafeMutableRawPointer(storage.base).bindMemory(
      to: SIMD16<Double>.self, capacity: blocks * channels)
    ThreadPool.shared.run(parts: blocks, costPerPart: shape.itemElementCount * 16) { block in
      var job = unsafe ChannelSumJob(x: lanes(ofBlock: block), result: sums + block * channels)
      unsafe (job.area, job.channels) = (shape.itemElementCount / channels, channels)
      if let winners {
        unsafe job.winners = UnsafePointer(winners.bytes(ofBlock: block))
        unsafe job.width = shape[3]
      }
      unsafe Compute.kernels.sumChannels(job)
    }
    unsafe body(sums)
    withExtendedLifetime(storage) {}
  }

  /// A bias per channel added: `y[n, c, …] = x[n, c, …] + bias[c]`.
  public func addingPerChannel(_ bias: Tensor) -> Tensor { transformingChannels(nil, bias) }

  /// A factor per channel applied: `y[n, c, …] = x[n, c, …] · factors[c]`.
  public func scalingPerChannel(_ factors: Tensor) -> Tensor { transformingChannels(factors, nil) }

  /// A factor and a term per channel, rounded once: `y[n, c, …] = x[n, c, …] · factors[c] +
  /// terms[c]`.
  public func scalingPerChannel(_ factors: Tensor, adding terms: Tensor) -> Tensor {
    transformingChannels(factors, terms)
  }

  private func transformingChannels(_ factors: Tensor?, _ terms: Tensor?) -> Tensor {
    for case let values? in [factors, terms] {
      require(
        shape.rank >= 2 && values.shape == [shape[1]],
        "one value per channel of a \(shape) tensor cannot have the shape \(values.shape)")
    }
    let channels = shape[1]
    let area = channels == 0 ? 0 : shape.itemElementCount / channels
    let x = heldInLanes()
    let factors = factors?.inRowMajorOrder()
    let terms = terms?.inRowMajorOrder()
    let result = Tensor(uninitialized: shape, layout: .lanes)
    ThreadPool.shared.run(parts: x.blocks, costPerPart: shape.itemElementCount * 16) { block in
      var job = unsafe ChannelJob(
        x: x.lanes(ofBlock: block), result: result.lanes(ofBlock: block))
      unsafe (job.area, job.channels) = (area, channels)
      unsafe job.lanes = laneCount(ofBlock: block)
      unsafe job.factors = factors.map { unsafe UnsafePointer($0.storage.base) }
      unsafe job.terms = terms.map { unsafe UnsafePointer($0.storage.base) }
      unsafe Compute.kernels.transformChannels(job)
    }
    withExtendedLifetime((factors, terms)) {}
    return result
  }
}
