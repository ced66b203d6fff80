internal import CKernels
internal import KernelInterface

// Blocks with few items: strips of their rows take the lanes that would stay empty.

/// Lays the strips of a channel side by side.
func foldRows(_ job: FoldJob) {
  // Literals, so that a strip's lanes are read by one instruction.
  switch unsafe job.slots {
  case 1: unsafe fold(job, slots: 1)
  case 2: unsafe fold(job, slots: 2)
  case 4: unsafe fold(job, slots: 4)
  default: unsafe fold(job, slots: 8)
  }
}

/// Puts the strips back into their rows; lanes without an item become zero.
func unfoldRows(_ job: FoldJob) {
  switch unsafe job.slots {
  case 1: unsafe unfold(job, slots: 1)
  case 2: unsafe unfold(job, slots: 2)
  case 4: unsafe unfold(job, slots: 4)
  default: unsafe unfold(job, slots: 8)
  }
}

@inline(__always)
private func fold(_ job: FoldJob, slots: Int) {
  guard let zeros = unsafe job.zeros else { return }
  let width = unsafe job.width
  let nothing = unsafe numbers(UnsafeMutablePointer(mutating: zeros))
  // Where the row of each strip is.
  var places = unsafe InlineArray<16, UnsafePointer<Float>?>(repeating: nil)
  var span = unsafe places.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { places in
    guard let places = places.baseAddress else { return }
    // A strip's rows that are also the next one's follow each other, while they are in the cache.
    for first in unsafe 0..<min(job.rows, max(1, job.step)) {
      var row = first
      while unsafe row < job.rows {
        for strip in 0..<16 / slots {
          let y = unsafe job.firstRow &+ strip &* job.step &+ row
          let isInside = unsafe strip < job.strips && y >= 0 && y < job.height
          unsafe places[strip] = UnsafePointer(
            isInside ? numbers(job.image + y &* job.rowStride) : nothing)
        }
        let target = unsafe job.folded + row &* width
        for x in 0..<width {
          unsafe ck_store(target + x, ck_gather(places, 16 &* x, Int32(slots)))
        }
        unsafe row &+= max(1, job.step)
      }
    }
  }
}

@inline(__always)
private func unfold(_ job: FoldJob, slots: Int) {
  let (width, step) = unsafe (job.width, job.columnStride)
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.items))
  for strip in unsafe 0..<job.strips {
    for row in unsafe 0..<job.rows {
      let y = unsafe job.firstRow &+ strip &* job.step &+ row
      if unsafe y < 0 || y >= job.height { continue }
      let image = unsafe job.image + y &* job.rowStride
      var source = unsafe numbers(job.folded + row &* width) + strip &* slots
      for x in 0..<width {
        var value = unsafe ck_load_first(source, Int32(slots))
        if let mask = unsafe job.mask {
          unsafe value = ck_where_positive((mask + y &* job.rowStride)[x &* step], value)
        }
        unsafe image[x &* step] = ck_keep(lanes, value)
        unsafe source += 16
      }
    }
  }
}

/// The same memory as plain numbers.
@inline(__always)
private func numbers(_ vectors: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Float> {
  unsafe UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Float.self)
}
