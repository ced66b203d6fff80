internal import CKernels
internal import KernelInterface
internal import KernelsBase

// Kernels for more than the architecture's base exist where the manifest builds them.
#if canImport(KernelsV4)
  internal import KernelsV3
  internal import KernelsV4
#endif

internal import SystemCalls

/// The instruction sets that the numeric kernels are compiled for.
///
/// All give the same bits: 16 lanes, multiply-adds rounded once, sums in the same order.
public enum InstructionSet: String, Sendable, CaseIterable, CustomStringConvertible {
  /// What every machine of the architecture has. On x86-64 that is without fused multiply-add in
  /// hardware: correct, and slow.
  case base

  /// x86-64-v3: AVX2 and FMA.
  case v3

  /// x86-64-v4: AVX-512.
  case v4

  /// The name that `LABKIT_ISA` takes.
  public var description: String { rawValue }

  /// Those that this machine runs, oldest first.
  public static let available: [InstructionSet] = allCases.filter { unsafe $0.kernels != nil }

  /// The kernels compiled for it, where this machine runs them.
  var kernels: KernelTable? {
    switch self {
    case .base: return unsafe KernelsBase.kernelTable()
    #if canImport(KernelsV4)
      case .v3: return unsafe ck_runs_x86_64_v3() ? KernelsV3.kernelTable() : nil
      case .v4: return unsafe ck_runs_x86_64_v4() ? KernelsV4.kernelTable() : nil
    #else
      case .v3, .v4: return nil
    #endif
    }
  }

  /// The one that a value of the environment variable `LABKIT_ISA` asks for; without a value the
  /// newest that this machine runs.
  ///
  /// - Throws: An ``InstructionSetError`` for a name that is none, or one that this machine does
  ///   not run.
  public static func chosen(by value: String?) throws(InstructionSetError) -> InstructionSet {
    try chosen(by: value, among: available)
  }

  /// The one that a value asks for, among those that a machine runs, the oldest first.
  package static func chosen(
    by value: String?, among available: [InstructionSet]
  ) throws(InstructionSetError) -> InstructionSet {
    guard let value, !value.isEmpty else { return available[available.count - 1] }
    guard let wanted = InstructionSet(rawValue: value) else {
      throw InstructionSetError(
        "LABKIT_ISA is \"\(value)\", which is no instruction set; it takes \(names(allCases)).")
    }
    guard available.contains(wanted) else {
      throw InstructionSetError(
        "LABKIT_ISA asks for \(wanted), which this machine does not run; it runs "
          + "\(names(available, "and")).")
    }
    return wanted
  }

  /// base, v3 or v4.
  private static func names(_ sets: [InstructionSet], _ last: String = "or") -> String {
    let names = sets.map(\.rawValue)
    guard names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(last) " + names[names.count - 1]
  }
}

/// An instruction set that cannot be used, and why.
public struct InstructionSetError: Error, Hashable, CustomStringConvertible {
  /// One sentence with what was asked for and what there is.
  public let description: String

  init(_ description: String) { self.description = description }
}
