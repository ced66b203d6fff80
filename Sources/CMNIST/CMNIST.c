#include "CMNIST.h"

// C23's #embed: a resource bundle would be left behind by a moved executable, and the same bytes
// as a Swift array literal take minutes to compile.

static const uint8_t train1000_images[] = {
#embed "Files/train1000-images-idx3-ubyte.gz"
};
static const uint8_t train1000_labels[] = {
#embed "Files/train1000-labels-idx1-ubyte.gz"
};
static const uint8_t test_images[] = {
#embed "Files/t10k-images-idx3-ubyte.gz"
};
static const uint8_t test_labels[] = {
#embed "Files/t10k-labels-idx1-ubyte.gz"
};

CMNISTFile cmnist_train1000_images(void) {
  return (CMNISTFile){train1000_images, sizeof train1000_images};
}

CMNISTFile cmnist_train1000_labels(void) {
  return (CMNISTFile){train1000_labels, sizeof train1000_labels};
}

CMNISTFile cmnist_test_images(void) {
  return (CMNISTFile){test_images, sizeof test_images};
}

CMNISTFile cmnist_test_labels(void) {
  return (CMNISTFile){test_labels, sizeof test_labels};
}
