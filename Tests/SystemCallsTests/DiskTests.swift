import Foundation
import Synchronization
import SystemCalls
import Testing

struct DiskTests {
  /// A folder that is gone after the test.
  private final class Scratch {
    let path = NSTemporaryDirectory() + "disk-\(UUID().uuidString)"
    init() throws { try Disk().makeFolder(path) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  @Test func `A file is replaced and keeps its mode`() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/file"
    try Disk().replace(path, with: [1, 2])
    #expect(try Disk().contents(of: path) == [1, 2])
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try Disk().replace(path, with: [3])
    #expect(try Disk().contents(of: path) == [3])
    #expect(try Disk().status(path)?.mode == 0o640)
    #expect(try Disk().names(in: scratch.path) == ["file"])
  }

  /// Files of one folder that threads write at the same time: each gets its own bytes.
  @Test func `Files of one folder are written at once`() async throws {
    let scratch = try Scratch()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for file in UInt8(0)..<32 {
        group.addTask { [path = scratch.path] in
          for _ in 0..<8 {
            try Disk().replace("\(path)/\(file)", with: [UInt8](repeating: file, count: 5000))
          }
        }
      }
      try await group.waitForAll()
    }
    for file in UInt8(0)..<32 {
      #expect(
        try Disk().contents(of: "\(scratch.path)/\(file)") == [UInt8](repeating: file, count: 5000))
    }
  }

  /// What a writer leaves that is cut off after any one of its calls is gone with the next one.
  @Test func `The next writer tidies up`() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/file"
    var leftovers = 0
    for last in 1..<100 {
      let count = Mutex(0)
      var disk = Disk()
      // From here on nothing is called any more: the process is gone.
      disk.watch = { (_) throws(SystemError) in
        let number = count.withLock { count in
          count += 1
          return count
        }
        if number > last { throw SystemError(action: "being killed", code: EINTR) }
      }
      try? disk.replace(path, with: [UInt8(last)])
      leftovers += try Disk().names(in: scratch.path).filter { $0 != "file" }.count
      try Disk().replace(path, with: [7])
      #expect(try Disk().names(in: scratch.path) == ["file"], "after call \(last)")
    }
    #expect(leftovers > 0)
  }

  @Test func `A link is followed to what it stands for`() throws {
    let scratch = try Scratch()
    let link = scratch.path + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "folder/../target")
    try Disk().makeFolder(scratch.path + "/folder")
    try Disk().replace(link, with: [7])
    #expect(try Disk().contents(of: scratch.path + "/target") == [7])
    #expect(try Disk().status(link, followingLinks: false)?.kind == .link)
  }

  @Test(arguments: [
    ("folder", "is a folder, not a file"), ("pipe", "is a pipe, not a file"),
    ("circle", "cannot be read: its symbolic links lead in a circle"),
    ("long", "cannot be read: the name is too long"),
  ])
  func `The real cause is said`(name: String, reason: String) throws {
    let scratch = try Scratch()
    try Disk().makeFolder(scratch.path + "/folder")
    unsafe mkfifo(scratch.path + "/pipe", 0o600)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/circle", withDestinationPath: "circle")
    let path =
      scratch.path + "/" + (name == "long" ? String(repeating: "x", count: 300) : name)
    let error = #expect(throws: FileError.self) { try Disk().contents(of: path) }
    #expect(error == FileError(path: path, reason: reason))
  }

  @Test func `What is not there is nil`() throws {
    #expect(try Disk().contents(of: "/nowhere/file") == nil)
    #expect(try Disk().status("/dev/null/x") == nil)
  }

  /// Any call can be made to fail, and what was begun is taken back.
  @Test func `Every call can fail`() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/file"
    try Disk().replace(path, with: [1])
    let callCount = try calls { disk in try disk.replace(path, with: [1]) }.count
    #expect(callCount > 6)
    for index in 0..<callCount {
      let counter = Counter(failing: index)
      var disk = Disk()
      disk.watch = { call throws(SystemError) in try counter.note(call) }
      let result = Result { try disk.replace(path, with: [2]) }
      let held = try Disk().contents(of: path)
      // What fails last may have done its work.
      if case .success = result {
        #expect(held == [2])
      } else {
        #expect(held == [1] || held == [2])
      }
      try Disk().replace(path, with: [1])
      #expect(try Disk().names(in: scratch.path) == ["file"], "call \(index): \(counter.calls)")
    }
  }

  private func calls(_ body: (Disk) throws -> Void) throws -> [Disk.Call] {
    let counter = Counter(failing: nil)
    var disk = Disk()
    disk.watch = { call throws(SystemError) in try counter.note(call) }
    try body(disk)
    return counter.calls
  }

  private final class Counter: @unchecked Sendable {
    private(set) var calls: [Disk.Call] = []
    let failing: Int?
    init(failing: Int?) { self.failing = failing }

    func note(_ call: Disk.Call) throws(SystemError) {
      calls.append(call)
      if calls.count - 1 == failing { throw SystemError(action: "test", code: ENOSPC) }
    }
  }
}
