import Requirements
import Testing

struct RequireTests {
  @Test func `A condition that holds is silent`() {
    require(1 + 1 == 2, "never evaluated")
  }

  @Test func `A broken condition traps with its sentence`() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      require([1, 2].count == 3, "expected 3 elements, got 2")
    }
    let said = try String(decoding: #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("expected 3 elements, got 2"))
  }
}
