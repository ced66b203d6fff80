// The wall around libpng: everything that PNGCoding calls.
//
// libpng's classic interface reports errors by longjmp, which must not pass through Swift frames.
// Writing goes through the simplified interface (png_image_*), which returns 0 and a message.
// Reading cannot: that interface turns 16-bit components into 8 bits on the way, wrongly so for
// interlaced files in some versions (1.6.51 and the older ones that distributions mended with it),
// and leaves colours to tables that differ from version to version. cpng_read therefore calls the
// classic interface and catches its jumps itself: between setjmp and longjmp there is C alone.
#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
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

/// A file being read, and what went wrong with it.
struct cpng_source {
  const uint8_t *next;
  size_t left;
  char *message;
};

static inline void cpng_fill(png_structp png, png_bytep bytes, size_t count) {
  struct cpng_source *source = (struct cpng_source *)png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends early");
  memcpy(bytes, source->next, count);
  source->next += count;
  source->left -= count;
}

static inline void cpng_fail(png_structp png, png_const_charp text) {
  struct cpng_source *source = (struct cpng_source *)png_get_error_ptr(png);
  strncpy(source->message, text, cpng_message_size - 1);
  source->message[cpng_message_size - 1] = 0;
  png_longjmp(png, 1);
}

static inline void cpng_ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

/// Decodes a file of exactly `width` × `height` pixels into R, G, B, A components as the file holds
/// them, opaque where it says nothing else: bytes, or for a file of 16 bits (`is_wide`) two bytes
/// each, the more significant first. No colour is converted.
///
/// `pixels` takes 4 or 8 bytes a pixel. Returns 1 when all of them are there, or 0 with a message.
static inline int cpng_read(
    const uint8_t *file, size_t size, uint32_t width, uint32_t height, int is_wide,
    uint8_t *pixels, char *message) {
  struct cpng_source source = {file, size, message};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    strcpy(message, "no memory is left");
    return 0;
  }
  // Nothing that is set between here and a jump is read after it.
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &source, cpng_fill);
  png_set_user_limits(png, width, height);
  // Chunks that say nothing about pixels are skipped: what they hold is nobody's memory.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
      (png_get_bit_depth(png, info) == 16) != (is_wide != 0))
    png_error(png, "the header changed while reading");
  png_set_expand(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, is_wide ? 0xFFFF : 0xFF, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t row = png_get_rowbytes(png, info);
  if (row != (size_t)width * (is_wide ? 8 : 4)) png_error(png, "a row has another length");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + y * row, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

#endif
