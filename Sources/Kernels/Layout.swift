internal import CKernels
internal import KernelInterface

// Between row-major items and lanes, and the sums across lanes.

/// Puts up to 16 items side by side: element e of lane l becomes lane l of vector e.
func packLanes(_ job: LayoutJob) {
  let count = unsafe job.count
  var e = 0
  while e &+ 16 <= count {
    unsafe transpose(job.items, from: e, job.block + e)
    e &+= 16
  }
  while e < count {
    var vector = ck_splat(0)
    for l in 0..<16 {
      if let item = unsafe job.items[l] { unsafe vector[l] = item[e] }
    }
    unsafe job.block[e] = vector
    e &+= 1
  }
}

/// Writes the lanes of a block back to their items.
func unpackLanes(_ job: LayoutJob) {
  let count = unsafe job.count
  var e = 0
  while e &+ 16 <= count {
    unsafe transpose(job.block + e, to: job.items, from: e)
    e &+= 16
  }
  while e < count {
    let vector = unsafe job.block[e]
    for l in 0..<16 {
      if let item = unsafe job.items[l] { unsafe item[e] = vector[l] }
    }
    e &+= 1
  }
}

/// Copies rows between margins of zeros.
func padRows(_ job: PaddingJob) {
  let zero = ck_splat(0)
  let (left, width, parts) = unsafe (job.left, job.width, job.parts)
  let total = unsafe job.outputWidth
  let place = (total &+ parts &- 1) / parts
  for c in unsafe 0..<job.channels {
    for row in unsafe job.rows {
      let start = unsafe c &* job.inputChannelStride &+ row &* width &- left
      let input = unsafe job.input + start
      let output =
        unsafe job.output
        + (c &* job.outputChannelStride &+ (row &- job.rows.lowerBound) &* job.outputRowStride)
      if parts == 1 {
        let first = min(max(left, 0), total)
        let end = max(first, min(left &+ width, total))
        for x in 0..<first { unsafe output[x] = zero }
        if let mask = unsafe job.mask {
          let mask = unsafe mask + start
          for x in first..<end { unsafe output[x] = ck_where_positive(mask[x], input[x]) }
        } else {
          for x in first..<end { unsafe output[x] = input[x] }
        }
        for x in end..<total { unsafe output[x] = zero }
      } else {
        for x in 0..<total {
          let inside = x >= left && x < left &+ width
          var value = unsafe inside ? input[x] : zero
          if inside, let mask = unsafe job.mask {
            unsafe value = ck_where_positive((mask + start)[x], value)
          }
          unsafe output[x % parts &* place &+ x / parts] = value
        }
      }
    }
  }
}

/// Adds the lanes of each vector, in a fixed tree.
func sumLanes(_ job: LaneSumJob) {
  var i = 0
  while unsafe i &+ 16 <= job.count {
    let sums = unsafe job.sums + i
    unsafe ck_store_unaligned(job.result + i, laneSums { unsafe ck_load(sums + $0) })
    i &+= 16
  }
  let rest = unsafe job.count &- i
  if rest == 0 { return }
  let last = laneSums { unsafe $0 < rest ? ck_load(job.sums + (i &+ $0)) : ck_splat(0) }
  for v in 0..<rest { unsafe job.result[i &+ v] = last[v] }
}

/// The sums of the lanes of 16 vectors. Neighbours first: four rounds leave one lane per vector, in order.
@inline(__always)
private func laneSums(_ vector: (Int) -> Lanes) -> Lanes {
  let first = pairs(fours(0, vector), fours(4, vector))
  return pairs(first, pairs(fours(8, vector), fours(12, vector)))
}

/// The first two rounds of four vectors.
@inline(__always)
private func fours(_ n: Int, _ vector: (Int) -> Lanes) -> Lanes {
  pairs(pairs(vector(n), vector(n &+ 1)), pairs(vector(n &+ 2), vector(n &+ 3)))
}

/// The sums of neighbouring lanes of a, followed by those of b.
@inline(__always)
private func pairs(_ a: Lanes, _ b: Lanes) -> Lanes { ck_add(ck_even(a, b), ck_odd(a, b)) }
