#ifndef CZLIB_H
#define CZLIB_H

#include <stddef.h>
#include <stdint.h>

/// How reading from a gzip stream ended.
typedef enum : int32_t {
  /// All bytes that were asked for are there.
  CZlibFilled = 0,
  /// The stream ended, checksum and length right, before or with the last byte asked for.
  CZlibEnded = 1,
  /// The compressed bytes stop before the stream ends.
  CZlibTruncated = 2,
  /// The compressed bytes are no gzip stream, or a checksum is wrong.
  CZlibCorrupt = 3,
  /// The stream ended and bytes that belong to no further one follow it.
  CZlibTrailing = 4,
  /// No memory was left.
  CZlibNoMemory = 5,
} CZlibStatus;

/// A gzip stream being read. The compressed bytes are borrowed and must outlive it.
typedef struct CZlibReader CZlibReader;

/// Opens a gzip stream; NULL when no memory is left.
CZlibReader *_Nullable czlib_open(const uint8_t *_Nonnull bytes, size_t count);

/// Decompresses up to `capacity` bytes, at least 1, to `output`; `produced` tells how many came.
/// Ask for one byte more than expected to have the stream's end verified.
CZlibStatus czlib_read(CZlibReader *_Nonnull reader, uint8_t *_Nonnull output,
                       size_t capacity, size_t *_Nonnull produced);

/// Closes the stream.
void czlib_close(CZlibReader *_Nonnull reader);

/// The most bytes that `count` bytes can take as a zlib stream.
size_t czlib_bound(size_t count);

/// Compresses bytes to a zlib stream at `output`, as small as zlib can; the length of the stream, or 0
/// when no memory is left or the room does not suffice.
size_t czlib_compress(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull output,
                      size_t capacity);

#endif
