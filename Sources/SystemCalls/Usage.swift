/// Seconds of processor time that this process has used on all cores.
package func processorSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The most memory that an ended child of this process has held, in bytes.
package func largestChildMemory() -> Int {
  var usage = rusage()
  unsafe getrusage(children, &usage)
  return Int(usage.ru_maxrss) * residentUnit
}

// Whose usage is asked for is an enumeration in one C library and a number in the others; the unit of
// memory is bytes on Darwin, kilobytes elsewhere.
#if canImport(Glibc)
  private var children: __rusage_who_t { __rusage_who_t(RUSAGE_CHILDREN.rawValue) }
#else
  private var children: Int32 { RUSAGE_CHILDREN }
#endif
#if canImport(Darwin)
  private let residentUnit = 1
#else
  private let residentUnit = 1024
#endif
