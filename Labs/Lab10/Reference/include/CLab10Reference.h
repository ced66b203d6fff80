#ifndef CLAB10REFERENCE_H
#define CLAB10REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of a file that was built into the lab; they live as long as the program.
typedef struct {
  const uint8_t *_Nonnull bytes;
  size_t count;
} CLab10ReferenceFile;

/// padding.safetensors: TensorFlow's convolution and gradients of Part 1.
CLab10ReferenceFile clab10_padding(void);
/// training.safetensors: TensorFlow's runs of the network of Part 2.
CLab10ReferenceFile clab10_training(void);

#endif
