// The two fonts that LabKit draws text with, built into the library as bytes.
#ifndef CFONTS_H
#define CFONTS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The bytes of the TrueType font for ordinary text, a subset of DejaVu Sans.
const unsigned char *cfonts_regular(void);

/// How many bytes `cfonts_regular` has.
size_t cfonts_regular_size(void);

/// The bytes of the TrueType font for bold text, a subset of DejaVu Sans Bold.
const unsigned char *cfonts_bold(void);

/// How many bytes `cfonts_bold` has.
size_t cfonts_bold_size(void);

#ifdef __cplusplus
}
#endif

#endif
