internal import CKernels
internal import KernelInterface

/// Multiplies and adds in registers and nothing else: the rate is the core's peak.
///
/// - Returns: How many multiply-adds that was.
func spinMultiplyAdds(_ rounds: Int, _ result: UnsafeMutablePointer<Float>) -> Int {
  unsafe spin(RegisterTiles.Peak.self, rounds, result)
}

@inline(never)
private func spin<let one: Int, let count: Int>(
  _: Tile<one, count>.Type, _ rounds: Int, _ result: UnsafeMutablePointer<Float>
) -> Int {
  var sums = InlineArray<count, Lanes>(repeating: ck_splat(1))
  let factor = unsafe ck_splat(result[0])
  let term = unsafe ck_splat(result[1])
  for _ in 0..<rounds {
    for i in 0..<count { sums[i] = ck_fma(sums[i], factor, term) }
  }
  var total = ck_splat(0)
  for i in 0..<count { total = ck_add(total, sums[i]) }
  unsafe result[0] = total[0]
  return rounds &* count &* 16
}
