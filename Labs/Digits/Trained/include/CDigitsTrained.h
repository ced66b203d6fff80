#ifndef CDIGITSTRAINED_H
#define CDIGITSTRAINED_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of a file that was built into the lab; they live as long as the program.
typedef struct {
  const uint8_t *_Nonnull bytes;
  size_t count;
} CDigitsTrainedFile;

/// trained.safetensors: the weights and the course of each training of the lab.
CDigitsTrainedFile cdigits_trained(void);

#endif
