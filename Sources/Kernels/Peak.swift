internal import CKernels
internal import KernelInterface

#if KERNELS_V4
  private typealias Accumulators = InlineArray<12, Lanes>
#else
  private typealias Accumulators = InlineArray<6, Lanes>
#endif

/// Multiplies and adds in registers and nothing else: the rate is the core's peak.
///
/// - Returns: How many multiply-adds that was.
@inline(never)
public func spinMultiplyAdds(_ rounds: Int, _ result: UnsafeMutablePointer<Float>) -> Int {
  var sums = Accumulators(repeating: ck_splat(1))
  let factor = unsafe ck_splat(result[0])
  let term = unsafe ck_splat(result[1])
  for _ in 0..<rounds {
    for i in 0..<sums.count { sums[i] = ck_fma(sums[i], factor, term) }
  }
  var total = ck_splat(0)
  for i in 0..<sums.count { total = ck_add(total, sums[i]) }
  unsafe result[0] = total[0]
  return rounds &* sums.count &* 16
}
