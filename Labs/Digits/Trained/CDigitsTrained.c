#include "CDigitsTrained.h"

// C23's #embed, so that the lab runs after it was moved.

static const uint8_t trained[] = {
#embed "trained.safetensors"
};

CDigitsTrainedFile cdigits_trained(void) {
  return (CDigitsTrainedFile){trained, sizeof trained};
}
