extension Descriptor {
  /// Has the file system keep room for the file to grow to a length, which it does not take yet.
  ///
  /// - Returns: Whether it can: file systems across a network often cannot.
  /// - Throws: When there is no such room.
  package func keepRoom(for byteCount: Int) throws(SystemError) -> Bool {
    while systemKeepRoom(raw, off_t(byteCount)) != 0 {
      switch errno {
      case EINTR: continue
      case EOPNOTSUPP, ENOTSUP, ENOSYS, EINVAL, EPERM, ENODEV, ESPIPE: return false
      default: throw .last("keeping room for what the lab prints")
      }
    }
    return true
  }

  /// How long this process, and those it starts, may make a file (`ulimit -f`); nil without a limit.
  package static var longestFile: Int? { systemLongestFile() }
}
