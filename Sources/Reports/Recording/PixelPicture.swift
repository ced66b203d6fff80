internal import Dispatch
internal import PNGCoding
package import Raster
internal import Requirements
internal import Synchronization

/// Pixels of which a PNG file is made once: in the background, or by who asks for it first.
package final class PixelPicture: Sendable {
  /// Pixels per point, as the file will say.
  package let pixelsPerPoint: Double
  /// By how many 255ths a component of a rare colour may change.
  package let tolerance: Int

  private enum State { case pixels(Bitmap), file([UInt8]) }
  private let state: Mutex<State>

  /// One after the other: each is compressed on several threads.
  private static let queue = DispatchQueue(label: "pictures")

  /// A picture that can be encoded.
  package init(_ bitmap: Bitmap, pixelsPerPoint: Double, tolerance: Int) {
    self.pixelsPerPoint = pixelsPerPoint
    self.tolerance = tolerance
    state = Mutex(.pixels(bitmap))
  }

  /// The pixels, as long as no file was made of them.
  package var bitmap: Bitmap? {
    state.withLock { if case .pixels(let bitmap) = $0 { bitmap } else { nil } }
  }

  /// The PNG file, byte by byte; who comes while it is made waits.
  package var png: [UInt8] {
    state.withLock { state in
      switch state {
      case .file(let bytes): return bytes
      case .pixels(let bitmap):
        do {
          let bytes = try PNGEncoder.encode(
            bitmap, pixelsPerPoint: pixelsPerPoint, tolerance: tolerance)
          state = .file(bytes)
          return bytes
        } catch {
          requirementFailed("a picture that can be encoded as PNG was expected: \(error)")
        }
      }
    }
  }

  /// Has the file made in the background.
  package func beginEncoding() { Self.queue.async { _ = self.png } }
}
