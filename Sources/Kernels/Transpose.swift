internal import CKernels
internal import KernelInterface

// Sixteen vectors across: what lay in lane l of vector v comes into lane v of vector l. The first two
// rounds transpose fours within each four of lanes, the others the fours as wholes. All moves are of
// two registers into a third without an index in a fourth, so that 32 registers are enough.

/// Writes the transpose of 16 vectors that are `step` apart, `targetStep` apart.
func transpose(
  _ source: UnsafePointer<Lanes>, _ step: Int, _ target: UnsafeMutablePointer<Lanes>,
  _ targetStep: Int
) {
  transpose { row in
    unsafe ck_load(source + row &* step)
  } store: { column, vector in
    unsafe ck_store(target + column &* targetStep, vector)
  }
}

/// The same for the first `count` vectors and zeros in the place of the others.
func transpose(
  _ source: UnsafePointer<Lanes>, _ step: Int, count: Int, _ target: UnsafeMutablePointer<Lanes>,
  _ targetStep: Int
) {
  if count == 16 { return unsafe transpose(source, step, target, targetStep) }
  transpose { row in
    unsafe row < count ? ck_load(source + row &* step) : ck_splat(0)
  } store: { column, vector in
    unsafe ck_store(target + column &* targetStep, vector)
  }
}

/// Makes vectors of 16 numbers of each item from `start` on, one item in each lane; zeros where there
/// is no item.
func transpose(
  _ items: UnsafePointer<UnsafeMutablePointer<Float>?>, from start: Int,
  _ target: UnsafeMutablePointer<Lanes>
) {
  transpose { row in
    unsafe items[row].map { unsafe ck_load_unaligned($0 + start) } ?? ck_splat(0)
  } store: { column, vector in
    unsafe ck_store(target + column, vector)
  }
}

/// The way back.
func transpose(
  _ source: UnsafePointer<Lanes>, to items: UnsafePointer<UnsafeMutablePointer<Float>?>,
  from start: Int
) {
  transpose { row in
    unsafe ck_load(source + row)
  } store: { column, vector in
    if let item = unsafe items[column] { unsafe ck_store_unaligned(item + start, vector) }
  }
}

@inline(__always)
private func transpose(_ load: (_ row: Int) -> Lanes, store: (_ column: Int, Lanes) -> Void) {
  let a = Four(load(0), load(1), load(2), load(3))
  let b = Four(load(4), load(5), load(6), load(7))
  let c = Four(load(8), load(9), load(10), load(11))
  let d = Four(load(12), load(13), load(14), load(15))
  transposeFours(0, a.x0, b.x0, c.x0, d.x0, store)
  transposeFours(1, a.x1, b.x1, c.x1, d.x1, store)
  transposeFours(2, a.x2, b.x2, c.x2, d.x2, store)
  transposeFours(3, a.x3, b.x3, c.x3, d.x3, store)
}

/// Four vectors, transposed within each four of their lanes.
private struct Four {
  let x0: Lanes, x1: Lanes, x2: Lanes, x3: Lanes

  @inline(__always)
  init(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) {
    let (ab0, ab1) = (ck_mix_first(a, b), ck_mix_last(a, b))
    let (cd0, cd1) = (ck_mix_first(c, d), ck_mix_last(c, d))
    (x0, x1) = (ck_join_first(ab0, cd0), ck_join_last(ab0, cd0))
    (x2, x3) = (ck_join_first(ab1, cd1), ck_join_last(ab1, cd1))
  }
}

/// The columns with one remainder modulo four.
@inline(__always)
private func transposeFours(
  _ column: Int, _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes,
  _ store: (_ column: Int, Lanes) -> Void
) {
  let (ab0, ab1) = (ck_even_fours(a, b), ck_odd_fours(a, b))
  let (cd0, cd1) = (ck_even_fours(c, d), ck_odd_fours(c, d))
  store(column, ck_even_fours(ab0, cd0))
  store(column &+ 4, ck_even_fours(ab1, cd1))
  store(column &+ 8, ck_odd_fours(ab0, cd0))
  store(column &+ 12, ck_odd_fours(ab1, cd1))
}
