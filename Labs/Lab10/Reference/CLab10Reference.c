#include "CLab10Reference.h"

// C23's #embed, so that the lab runs without Python and after it was moved.

static const uint8_t padding[] = {
#embed "padding.safetensors"
};
static const uint8_t training[] = {
#embed "training.safetensors"
};

CLab10ReferenceFile clab10_padding(void) {
  return (CLab10ReferenceFile){padding, sizeof padding};
}

CLab10ReferenceFile clab10_training(void) {
  return (CLab10ReferenceFile){training, sizeof training};
}
