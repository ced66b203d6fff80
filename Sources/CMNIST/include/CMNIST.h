#ifndef CMNIST_H
#define CMNIST_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of a file that was built into the library; they live as long as the program.
typedef struct {
  const uint8_t *_Nonnull bytes;
  size_t count;
} CMNISTFile;

/// The first 1,000 MNIST training images, IDX in gzip.
CMNISTFile cmnist_train1000_images(void);
/// The labels of the first 1,000 MNIST training images, IDX in gzip.
CMNISTFile cmnist_train1000_labels(void);
/// All 10,000 MNIST test images, IDX in gzip.
CMNISTFile cmnist_test_images(void);
/// The labels of the 10,000 MNIST test images, IDX in gzip.
CMNISTFile cmnist_test_labels(void);

#endif
