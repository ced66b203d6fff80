// The wall around libpng: everything that PNGCoding calls.
//
// libpng's classic interface reports errors by longjmp, which must not pass through Swift frames. Both
// functions catch it themselves: between setjmp and longjmp there is C alone. The simplified interface
// (png_image_*), which never jumps, will not do: it turns 16-bit components into 8 bits on the way,
// wrongly so for interlaced files in some versions (1.6.51 and the older ones that distributions mended
// with it), leaves colours to tables that differ from version to version, and compresses by zlib.
#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// The length of libpng's messages, with the terminating zero.
static const size_t cpng_message_size = 64;

static inline void cpng_fail(png_structp png, png_const_charp text) {
  char *message = (char *)png_get_error_ptr(png);
  strncpy(message, text, cpng_message_size - 1);
  message[cpng_message_size - 1] = 0;
  png_longjmp(png, 1);
}

static inline void cpng_ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

/// A picture to be written, with its rows filtered and compressed.
struct cpng_picture {
  uint32_t width;
  uint32_t height;
  /// The bits of a component or index.
  int depth;
  /// The colour type, with PNG's numbers.
  int kind;
  /// R, G, B and opacity of each colour of a palette.
  const uint8_t *palette;
  uint32_t palette_count;
  /// Pixels per metre; 0 says nothing of the size.
  uint32_t density;
  /// The zlib stream of the filtered rows.
  const uint8_t *stream;
  size_t stream_size;
};

/// The most bytes of a stream that go into one chunk.
static const size_t cpng_chunk_limit = 1 << 20;

/// The most bytes that the file of a picture takes: what surrounds the stream is less than 2 KB.
static inline size_t cpng_size_limit(const struct cpng_picture *picture) {
  return picture->stream_size + 12 * (picture->stream_size / cpng_chunk_limit) + 2048;
}

/// Where a file is written.
struct cpng_target {
  uint8_t *next;
  size_t left;
};

static inline void cpng_put(png_structp png, png_bytep bytes, size_t count) {
  struct cpng_target *target = (struct cpng_target *)png_get_io_ptr(png);
  if (count > target->left) png_error(png, "the room does not suffice");
  memcpy(target->next, bytes, count);
  target->next += count;
  target->left -= count;
}

static inline void cpng_flush(png_structp png) { (void)png; }

/// Writes a file. libpng checks and writes all of it but the contents of IDAT, which it takes as
/// they are: its own way there leads through zlib.
///
/// On input `size` is the room at `file`, on output what was used of it. Returns 1, or 0 with a
/// message.
static inline int cpng_write(
    const struct cpng_picture *picture, uint8_t *file, size_t *size, char *message) {
  struct cpng_target target = {file, *size};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, message, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strcpy(message, "no memory is left");
    return 0;
  }
  // Nothing that is set between here and a jump is read after it.
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &target, cpng_put, cpng_flush);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(
      png, info, picture->width, picture->height, picture->depth, picture->kind,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (picture->palette_count > 0) {
    if (picture->palette_count > 256) png_error(png, "the palette is too long");
    png_color colors[256];
    png_byte opacities[256];
    int transparent = 0;
    for (uint32_t i = 0; i < picture->palette_count; i++) {
      const uint8_t *color = picture->palette + 4 * i;
      colors[i] = (png_color){color[0], color[1], color[2]};
      opacities[i] = color[3];
      if (color[3] < 255) transparent = (int)i + 1;
    }
    png_set_PLTE(png, info, colors, (int)picture->palette_count);
    if (transparent > 0) png_set_tRNS(png, info, opacities, transparent, NULL);
  }
  if (picture->density > 0)
    png_set_pHYs(png, info, picture->density, picture->density, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  // By chunks, since png_write_end wants rows that libpng compressed.
  for (size_t at = 0; at < picture->stream_size; at += cpng_chunk_limit) {
    size_t left = picture->stream_size - at;
    png_write_chunk(
        png, (png_const_bytep) "IDAT", picture->stream + at,
        left < cpng_chunk_limit ? left : cpng_chunk_limit);
  }
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
  png_destroy_write_struct(&png, &info);
  *size -= target.left;
  return 1;
}

/// A file being read.
struct cpng_source {
  const uint8_t *next;
  size_t left;
};

static inline void cpng_fill(png_structp png, png_bytep bytes, size_t count) {
  struct cpng_source *source = (struct cpng_source *)png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends early");
  memcpy(bytes, source->next, count);
  source->next += count;
  source->left -= count;
}

/// Decodes a file of exactly `width` × `height` pixels into R, G, B, A components as the file holds
/// them, opaque where it says nothing else: bytes, or for a file of 16 bits (`is_wide`) two bytes
/// each, the more significant first. No colour is converted.
///
/// `pixels` takes 4 or 8 bytes a pixel. Returns 1 when all of them are there, or 0 with a message.
static inline int cpng_read(
    const uint8_t *file, size_t size, uint32_t width, uint32_t height, int is_wide,
    uint8_t *pixels, char *message) {
  struct cpng_source source = {file, size};
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, cpng_fail, cpng_ignore);
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
