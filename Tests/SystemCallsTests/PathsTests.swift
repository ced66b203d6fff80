import SystemCalls
import Testing

struct PathsTests {
  @Test func `Parts of a path`() {
    let cases: [(path: String, folder: String, parent: String, name: String, stem: String)] = [
      ("docs/lab10.md", "docs/", "docs", "lab10.md", "lab10"),
      ("lab10.md", "", ".", "lab10.md", "lab10"),
      ("/lab10.md", "/", "/", "lab10.md", "lab10"),
      ("a//b.tar.gz", "a//", "a", "b.tar.gz", "b.tar"),
      (".hidden", "", ".", ".hidden", ".hidden"), ("docs/", "docs/", "docs", "", ""),
      ("naïve/re\u{301}port.md", "naïve/", "naïve", "re\u{301}port.md", "re\u{301}port"),
    ]
    for (path, folder, parent, name, stem) in cases {
      #expect(Paths.folder(of: path) == folder)
      #expect(Paths.parent(of: path) == parent)
      #expect(Paths.name(of: path) == name)
      #expect(Paths.stem(of: path) == stem)
    }
  }

  @Test func `A document names a path`() throws {
    let cases: [(path: String, document: String, expected: String)] = [
      ("docs/lab_files", "docs/lab.md", "lab_files"), ("lab_files", "docs/lab.md", "../lab_files"),
      ("/a/b/c", "/a/x/y/lab.md", "../../b/c"), ("docs/../img", "docs/lab.md", "../img"),
      ("./docs/./f", "docs/lab.md", "f"), ("docs", "docs/lab.md", ""), ("/", "/lab.md", ""),
      ("/../f", "/lab.md", "f"),
    ]
    for (path, document, expected) in cases {
      #expect(try Paths.relative(path, toFolderOf: document) == expected)
    }
  }

  /// Files are told apart by their bytes: an accent may be written in two ways.
  @Test func `Paths are bytes`() {
    #expect(Paths.isSame("a/./b", "a/c/../b"))
    #expect(!Paths.isSame("re\u{301}port", "r\u{e9}port"))
  }
}
