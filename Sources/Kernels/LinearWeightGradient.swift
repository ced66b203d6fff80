internal import CKernels
internal import KernelInterface

// The weight gradient of a linear map. The inputs of 64 features are transposed into a scratch area
// so that features are in the lanes; then every output's gradient is broadcast over them, item by
// item. No work is spent on lanes without items.

/// Computes the inputs of one job.
func linearWeightGradient(_ job: LinearWeightGradientJob) {
  unsafe gradient(RegisterTiles.LinearWeightGradient.self, job)
}

@inline(__always)
private func gradient<let most: Int, let vectors: Int>(
  _: Tile<most, vectors>.Type, _ job: LinearWeightGradientJob
) {
  var start = unsafe job.range.lowerBound
  while unsafe start < job.range.upperBound {
    let end = unsafe min(start &+ 64, job.range.upperBound)
    unsafe transposeFeatures(job, start, end)
    var output = 0
    while unsafe output < job.outputs {
      let outputs = unsafe min(most, job.outputs &- output)
      switch outputs {
      case 6 where most >= 6: unsafe tile(Tile<6, vectors>.self, job, output, start, end)
      case 5 where most >= 5: unsafe tile(Tile<5, vectors>.self, job, output, start, end)
      case 4 where most >= 4: unsafe tile(Tile<4, vectors>.self, job, output, start, end)
      case 3 where most >= 3: unsafe tile(Tile<3, vectors>.self, job, output, start, end)
      case 2 where most >= 2: unsafe tile(Tile<2, vectors>.self, job, output, start, end)
      default: unsafe tile(Tile<1, vectors>.self, job, output, start, end)
      }
      output &+= outputs
    }
    start = end
  }
}

/// Fills the scratch area: 64 features of every item, one item after the other.
@inline(never)
private func transposeFeatures(_ job: LinearWeightGradientJob, _ start: Int, _ end: Int) {
  let blocks = unsafe (job.items &+ 15) / 16
  for block in 0..<blocks {
    for part in 0..<4 {
      let first = start &+ 16 &* part
      let count = max(0, min(16, end &- first))
      let source = unsafe job.input + (block &* job.inputs &+ first)
      let target = unsafe job.scratch + (block &* 64 &+ part)
      unsafe transpose(source, 1, count: count, target, 4)
    }
  }
}

/// One tile of outputs × four vectors of features: its sizes are known to the compiler, so that the
/// loops over them unroll and the sums stay in registers.
@inline(never)
private func tile<let outputs: Int, let vectors: Int>(
  _: Tile<outputs, vectors>.Type, _ job: LinearWeightGradientJob, _ output: Int, _ start: Int,
  _ end: Int
) {
  var sums = Accumulators(repeating: ck_splat(0))
  var item = 0
  var features = unsafe UnsafePointer(job.scratch)
  while unsafe item < job.items {
    let block = unsafe job.gradient + (item / 16 &* job.outputs &+ output)
    var gradient = unsafe UnsafeRawPointer(block).assumingMemoryBound(to: Float.self)
    for _ in 0..<(unsafe min(16, job.items &- item)) {
      let v0 = unsafe features[0]
      let v1 = unsafe features[1]
      let v2 = unsafe features[2]
      let v3 = unsafe features[3]
      for o in 0..<outputs {
        let value = unsafe ck_splat(gradient[o &* 16])
        let s = o &* 4
        sums[s] = ck_fma(v0, value, sums[s])
        sums[s &+ 1] = ck_fma(v1, value, sums[s &+ 1])
        sums[s &+ 2] = ck_fma(v2, value, sums[s &+ 2])
        sums[s &+ 3] = ck_fma(v3, value, sums[s &+ 3])
      }
      unsafe features += 4
      unsafe gradient += 1
    }
    item &+= 16
  }
  unsafe storeOutput(0, &sums, job, output, start, end)
  if outputs > 1 { unsafe storeOutput(1, &sums, job, output, start, end) }
  if outputs > 2 { unsafe storeOutput(2, &sums, job, output, start, end) }
  if outputs > 3 { unsafe storeOutput(3, &sums, job, output, start, end) }
  if outputs > 4 { unsafe storeOutput(4, &sums, job, output, start, end) }
  if outputs > 5 { unsafe storeOutput(5, &sums, job, output, start, end) }
}

/// Stores one output's four vectors.
@inline(__always)
private func storeOutput(
  _ o: Int, _ sums: inout Accumulators, _ job: LinearWeightGradientJob, _ output: Int,
  _ start: Int, _ end: Int
) {
  let row = unsafe job.result + ((output &+ o) &* job.inputs &+ start)
  unsafe store(sums[o &* 4], row, end &- start)
  unsafe store(sums[o &* 4 &+ 1], row + 16, end &- start &- 16)
  unsafe store(sums[o &* 4 &+ 2], row + 32, end &- start &- 32)
  unsafe store(sums[o &* 4 &+ 3], row + 48, end &- start &- 48)
}

/// Stores as much of a vector as there is room for.
@inline(__always)
private func store(_ value: Lanes, _ target: UnsafeMutablePointer<Float>, _ room: Int) {
  if room >= 16 {
    unsafe ck_store_unaligned(target, value)
  } else if room > 0 {
    unsafe storePart(value, target, room)
  }
}

@inline(never)
private func storePart(_ value: Lanes, _ target: UnsafeMutablePointer<Float>, _ room: Int) {
  for i in 0..<room { unsafe target[i] = value[i] }
}
