import Testing

@testable import Reports

@Suite struct SlugTests {
  /// Names of files end between words, after 40 characters at most.
  @Test func `A file name is short`() {
    let cases: [(heading: String, name: String)] = [
      (String(repeating: "a", count: 40), String(repeating: "a", count: 40)),
      (String(repeating: "a", count: 50), String(repeating: "a", count: 40)),
      ("\(String(repeating: "a", count: 36)) bcd", "\(String(repeating: "a", count: 36))-bcd"),
      ("\(String(repeating: "a", count: 36)) bcde", String(repeating: "a", count: 36)),
      ("The pendulum: g = 9.81 m/s²?", "the-pendulum-g-9-81-m-s"), ("Ü", ""),
    ]
    for (heading, name) in cases {
      #expect(Slug.file(heading) == name)
    }
  }
}
