// The wall around libpng: everything that PNGCoding calls.
//
// Only libpng's simplified API (png_image_*) stands behind it. The classic one reports errors by
// longjmp, which must not pass through Swift frames; the simplified one returns 0 and a message.
#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <png.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// How the pixels handed to cpng_write are laid out.
enum cpng_layout {
  CPNG_GRAY,     ///< One byte per pixel, sRGB-encoded.
  CPNG_RGB,      ///< Three bytes per pixel.
  CPNG_RGBA,     ///< Four bytes per pixel, not multiplied by the opacity.
  CPNG_PALETTE,  ///< One byte per pixel, an index into R, G, B, A entries.
};

/// The length of libpng's messages, with the terminating zero.
static const size_t cpng_message_size = 64;

static inline png_image cpng_image(uint32_t width, uint32_t height, png_uint_32 format) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = format;
  return image;
}

static inline png_uint_32 cpng_format(enum cpng_layout layout) {
  switch (layout) {
    case CPNG_GRAY: return PNG_FORMAT_GRAY;
    case CPNG_RGB: return PNG_FORMAT_RGB;
    case CPNG_RGBA: return PNG_FORMAT_RGBA;
    case CPNG_PALETTE: return PNG_FORMAT_RGBA_COLORMAP;
  }
  return PNG_FORMAT_RGBA;
}

/// The most bytes that an image can take as a PNG file.
static inline size_t cpng_size_limit(uint32_t width, uint32_t height, enum cpng_layout layout) {
  png_image image = cpng_image(width, height, cpng_format(layout));
  return PNG_IMAGE_PNG_SIZE_MAX(image) + 2048;  // the palette's chunks
}

/// Encodes an image. Returns 1, or 0 with a message.
///
/// `unfiltered` leaves out the search for row filters and compresses quickly.
/// On input `size` is the room at `file`, on output what was used of it.
static inline int cpng_write(
    const uint8_t *pixels, uint32_t width, uint32_t height, enum cpng_layout layout,
    const uint8_t *palette, uint32_t palette_count, int unfiltered, uint8_t *file, size_t *size,
    char *message) {
  png_image image = cpng_image(width, height, cpng_format(layout));
  image.colormap_entries = palette_count;
  if (unfiltered) image.flags |= PNG_IMAGE_FLAG_FAST;
  png_alloc_size_t bytes = *size;
  int done = png_image_write_to_memory(&image, file, &bytes, 0, pixels, 0, palette);
  *size = bytes;
  if (!done) memcpy(message, image.message, cpng_message_size);
  return done;
}

/// Decodes a file of exactly `width` × `height` pixels into R, G, B, A bytes. Returns 1, or 0 with
/// a message.
static inline int cpng_read(
    const uint8_t *file, size_t size, uint32_t width, uint32_t height, uint8_t *pixels,
    char *message) {
  png_image image = cpng_image(0, 0, 0);
  int done = png_image_begin_read_from_memory(&image, file, size);
  if (done && (image.width != width || image.height != height)) {
    png_image_free(&image);
    strcpy(message, "the size changed while reading");
    return 0;
  }
  if (done) {
    image.format = PNG_FORMAT_RGBA;
    // Else 16-bit components without a colour space would be taken for linear light.
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    done = png_image_finish_read(&image, NULL, pixels, 0, NULL);
  }
  if (!done) memcpy(message, image.message, cpng_message_size);
  return done;
}

#endif
