// The files come from subset.py. They stand in a C target because #embed takes them in
// milliseconds, where a Swift array literal of this size takes the compiler seconds.
#include "CFonts.h"

static const unsigned char regular[] = {
#embed "fonts/DejaVuSans-subset.ttf"
};

static const unsigned char bold[] = {
#embed "fonts/DejaVuSans-Bold-subset.ttf"
};

const unsigned char *cfonts_regular(void) { return regular; }
size_t cfonts_regular_size(void) { return sizeof regular; }
const unsigned char *cfonts_bold(void) { return bold; }
size_t cfonts_bold_size(void) { return sizeof bold; }
