import LabKit

@main
struct Lab10 {
  static func main() {}
}
