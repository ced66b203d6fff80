extension Descriptor {
  /// Writes all the bytes, however many calls that takes.
  package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty { rest = rest.dropFirst(try writeOnce(rest)) }
  }

  /// Writes some of the bytes, and says how many; waits for one that is slow.
  func writeOnce(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    while true {
      // The pointer lives for the call only; `write` reads no more than `count` bytes from it.
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(raw, buffer.baseAddress, buffer.count)
      }
      if written > 0 { return written }
      if written == 0 || errno == EAGAIN {
        // A terminal that is slow: wait until it takes more.
        var waiting = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw .last("writing")
      }
    }
  }

  /// Reads what is there, at most `count` bytes; empty at the end of the file, nil when nothing
  /// is there yet (on a descriptor that does not block).
  package func read(_ count: Int) throws(SystemError) -> [UInt8]? {
    while true {
      var failed = false
      // The array grows to what `read` says that it filled.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let got = unsafe systemRead(raw, buffer.baseAddress, count)
        failed = got < 0
        filled = max(0, got)
      }
      if !failed { return bytes }
      if errno == EAGAIN { return nil }
      // The other end went away with bytes of ours unread: the same as its end of file.
      if errno == ECONNRESET { return [] }
      if errno != EINTR { throw .last("reading") }
    }
  }

  /// The bytes of a file from `start` up to `end`, wherever its own position stands.
  package func contents(from start: Int, to end: Int) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    while start + all.count < end {
      let wanted = end - start - all.count
      let position = off_t(start + all.count)
      var failed = false
      // As in `read`: `pread` says how much of the capacity it filled.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        let got = unsafe pread(raw, buffer.baseAddress, wanted, position)
        failed = got < 0
        filled = max(0, got)
      }
      if failed {
        if errno == EINTR { continue }
        throw .last("reading what the lab printed")
      }
      if bytes.isEmpty { break }
      all += bytes
    }
    return all
  }
}

extension Descriptor {
  /// Waits until one of the descriptors has something to read (or has ended), a signal comes, or
  /// the time is over.
  ///
  /// - Returns: Which of them are ready.
  package static func waitForInput(
    _ descriptors: [Descriptor], atMost time: Duration
  ) throws(SystemError) -> [Bool] {
    var entries = descriptors.map { pollfd(fd: $0.raw, events: Int16(POLLIN), revents: 0) }
    let (seconds, attoseconds) = time.components
    // Rounded up: to wake a moment early would mean to spin.
    let milliseconds = max(
      0, min(seconds, 1_000_000) * 1000 + (attoseconds / 1_000_000_000_000_000) + 1)
    // `poll` fills in the entries of the array that it is given.
    let count = unsafe poll(&entries, nfds_t(entries.count), Int32(milliseconds))
    if count < 0, errno != EINTR { throw .last("waiting for the lab's run") }
    return entries.map { $0.revents != 0 }
  }
}
