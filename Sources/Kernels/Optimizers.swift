internal import CKernels
internal import KernelInterface

/// One step of Adam:
///
/// ```text
/// m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − rate · m / (√v · scale + ε)
/// ```
func adamStep(_ job: AdamJob) {
  let (keep1, take1) = unsafe (ck_splat(job.keepingMean), ck_splat(job.takingMean))
  let (keep2, take2) = unsafe (ck_splat(job.keepingSquare), ck_splat(job.takingSquare))
  let rate = unsafe ck_splat(-job.rate)
  let (scale, epsilon) = unsafe (ck_splat(job.rootScale), ck_splat(job.epsilon))
  for i in unsafe 0..<job.count {
    let g = unsafe job.gradient[i]
    let m = unsafe ck_fma(keep1, job.mean[i], ck_multiply(take1, g))
    let v = unsafe ck_fma(keep2, job.square[i], ck_multiply(take2, ck_multiply(g, g)))
    unsafe job.mean[i] = m
    unsafe job.square[i] = v
    let root = ck_fma(ck_square_root(v), scale, epsilon)
    unsafe job.weights[i] = ck_fma(rate, ck_divide(m, root), job.weights[i])
  }
}
