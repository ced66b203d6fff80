import Foundation
import Testing

/// What goes wrong around a run is said in one sentence, and changes no report.
@Suite struct FaultTests {
  /// A signal that is raised, not caused by an instruction, ends the run too: the runtime's
  /// backtracer alone would let it go on.
  @Test(arguments: [SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGTRAP, SIGQUIT])
  func `A raised signal is a crash`(number: Int32) async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let result = try await Program.fixture.run(
      ["--mode", "raised", "--count", "\(number)", "--output", "report.md"], in: folder)
    #expect(result.status == 3)
    #expect(result.errors.contains("signal \(number) ("), "\(result.errors)")
    #expect(result.errors.contains("FixtureLab.swift:30: error: "), "\(result.errors)")
    #expect(try folder.text("report.md") == "old")
    #expect(folder.files == ["report.md"])
  }

  /// The front end, too, is ended by a signal that its runtime would only print a backtrace for.
  @Test(arguments: [SIGQUIT, SIGABRT, SIGSEGV])
  func `A crash of the front end ends it`(number: Int32) async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let running = try Program.fixture.start(
      ["--mode", "hang", "--output", "report.md"], in: folder)
    var child: Int32?
    _ = try await ProcessTests.eventually {
      child = try await ProcessTests.children(of: running.id).first
      return child != nil
    }
    kill(running.id, number)
    #expect(try await running.result().signal == number)
    let id = try #require(child)
    #expect(try await ProcessTests.eventually { try await !ProcessTests.isAlive(id) })
    #expect(try folder.text("report.md") == "old")
  }

  @Test func `A report that is too large is not read`() async throws {
    let result = try await Program.fixture.shell(
      "truncate -s 20G report.md; $LAB --check report.md", in: Folder())
    #expect(result.status == 2)
    #expect(result.errors.contains("report.md: is too large"), "\(result.errors)")
  }

  @Test func `Too few open files are said`() async throws {
    let result = try await Program.fixture.shell("ulimit -n 8; $LAB -q", in: Folder())
    #expect(result.status == 2)
    #expect(result.errors.contains("too many open files"), "\(result.errors)")
  }

  @Test func `What is no message ends the run`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--mode", "strangeBytes"], in: folder)
    #expect(result.status == 3, "\(result)")
    #expect(result.errors.contains("sent something that is not an event"), "\(result.errors)")
  }

  @Test func `Output that is cut off is noticed`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--mode", "truncation"], in: folder)
    #expect(result.status == 3, "\(result)")
    #expect(result.errors.contains("cut off what it had printed"), "\(result.errors)")
  }

  @Test(arguments: [
    (["--mode", "exit"], "ended the program"),
    (["--mode", "hang", "--timeout", "0.3"], "within 0.3 s"),
  ])
  func `A run in the program itself is watched too`(arguments: [String], says: String) async throws
  {
    let folder = try Folder()
    let result = try await Program.fixture.run(
      arguments + ["--in-process", "--output", "report.md"], in: folder)
    #expect(result.status == 3)
    #expect(result.errors.contains(says), "\(result.errors)")
    #expect(folder.files.isEmpty)
  }

  @Test func `A file that would be too large is said`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let result = try await Program.fixture.shell(
      "ulimit -f 1; $LAB --mode wideOutput --output report.md", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("ulimit -f"), "\(result.errors)")
    #expect(try folder.text("report.md") == "old")
    #expect(folder.files == ["report.md"])
  }

  /// What C prints goes to a file; where that is full, nobody but the run itself can notice.
  @Test func `Output that cannot be kept is said`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let result = try await Program.fixture.shell(
      """
      mkdir full && mount -t tmpfs -o size=64k tmpfs full || exit 77
      head -c 200000 /dev/zero > full/fill 2> /dev/null
      TMPDIR=$PWD/full $LAB --mode streams --output report.md; status=$?
      umount full && rmdir full; exit $status
      """, in: folder)
    // Only the superuser may mount.
    if result.status == 77 { return }
    #expect(result.status == 2, "\(result)")
    #expect(result.errors.contains("keeping room for what the lab prints"), "\(result.errors)")
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
    #expect(try folder.text("report.md") == "old")
  }

  /// Neither C code that calls `write` nor a program that the lab starts looks whether what it wrote
  /// was taken.
  @Test(arguments: [
    ("bareWrites", ""), ("program", ""), ("bareWrites", "--in-process"),
    ("program", "--in-process"),
  ])
  func `Output of others that cannot be kept is said`(mode: String, more: String) async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let result = try await Program.fixture.shell(
      """
      mkdir small && mount -t tmpfs -o size=3m tmpfs small || exit 77
      TMPDIR=$PWD/small $LAB --mode \(mode) --count 5000 --output report.md -q \(more); status=$?
      umount small && rmdir small; exit $status
      """, in: folder)
    if result.status == 77 { return }
    #expect(result.status == 2, "\(result)")
    #expect(result.errors.contains("could not all be kept"), "\(result.errors)")
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
    // In the program itself, what a program complains goes to the terminal.
    if more.isEmpty { #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)") }
    #expect(try folder.text("report.md") == "old")
  }

  /// The same where the process may not write as much.
  @Test(arguments: ["bareWrites", "program"])
  func `Output that may not be kept is said`(mode: String) async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      "ulimit -f 400; $LAB -q --mode \(mode) --count 1000; echo \"status $?\"; $LAB -q | head -1",
      in: folder)
    #expect(result.output == "status 2\n# The fixture\n", "\(result)")
    #expect(result.errors.contains("ulimit -f"), "\(result.errors)")
  }

  @Test func `Output of others is kept`() async throws {
    let folder = try Folder()
    for mode in ["bareWrites", "program"] {
      let result = try await Program.fixture.run(["--mode", mode, "--count", "5000"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("xxxx"))
    }
  }

  @Test func `A disk that fills up leaves the old report`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      """
      mkdir disk && mount -t tmpfs -o size=400k tmpfs disk || exit 77
      $LAB --mode album --output disk/report.md && cp -r disk before
      head -c 1000000 /dev/zero > disk/fill 2> /dev/null
      $LAB --mode album --count 20 --output disk/report.md; echo "status $?"
      rm disk/fill
      diff -r before disk && echo same
      umount disk && rmdir disk
      """, in: folder)
    if result.status == 77 { return }
    #expect(result.output == "status 2\nsame\n", "\(result)")
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
  }

  @Test func `A working directory that is gone is said`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      "mkdir gone && cd gone && rmdir ../gone && $LAB --output report.md", in: folder)
    #expect(result.status == 2)
    #expect(
      result.errors.contains("the working directory does not exist any more"), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test func `Absurd options are refused`() async throws {
    let cases: [([String], String)] = [
      (["--timeout", "1e300"], "--timeout"), (["--timeout", "inf"], "--timeout"),
      (["--timeout", "nan"], "--timeout"), (["--threads", "9223372036854775807"], "--threads"),
      (["--figures", ""], "--figures"), (["--output", "docs/"], "--output"),
      (["--check", ""], "--check"), (["--check", "x.md", "--artifacts", ""], "--artifacts"),
    ]
    for (arguments, says) in cases {
      let folder = try Folder()
      let result = try await Program.fixture.run(arguments, in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains(says), "\(result.errors)")
      #expect(folder.files.isEmpty)
    }
  }
}
