import LabKit

extension Matrix {
  /// One channel of one image of a batch (N, C, H, W).
  init(_ images: Tensor, item: Int = 0, channel: Int = 0) {
    self.init(rows: images.shape[2], columns: images.shape[3]) {
      Double(images[item, channel, $0, $1])
    }
  }
}
