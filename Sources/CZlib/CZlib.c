#include "CZlib.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

// Why a shim: inflateInit2 is a macro, z_stream has callbacks and 32-bit counts, and its errors
// need the interpretation below. Swift sees six functions and one enumeration.

struct CZlibReader {
  z_stream stream;
  const uint8_t *next;
  size_t left;
  CZlibStatus end; // CZlibFilled while the stream goes on
};

CZlibReader *czlib_open(const uint8_t *bytes, size_t count) {
  CZlibReader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  // 15 window bits; 16 more ask for a gzip header and trailer.
  if (inflateInit2(&reader->stream, 15 + 16) != Z_OK) {
    free(reader);
    return NULL;
  }
  reader->next = bytes;
  reader->left = count;
  reader->end = CZlibFilled;
  return reader;
}

// zlib counts in 32 bits: hand it the compressed bytes in pieces.
static void refill(CZlibReader *reader) {
  z_stream *stream = &reader->stream;
  if (stream->avail_in > 0 || reader->left == 0) return;
  size_t piece = reader->left < INT_MAX ? reader->left : INT_MAX;
  stream->next_in = (Bytef *)reader->next;
  stream->avail_in = (uInt)piece;
  reader->next += piece;
  reader->left -= piece;
}

CZlibStatus czlib_read(CZlibReader *reader, uint8_t *output, size_t capacity,
                       size_t *produced) {
  z_stream *stream = &reader->stream;
  *produced = 0;
  if (reader->end != CZlibFilled) return reader->end;
  for (;;) {
    refill(reader);
    size_t room = capacity - *produced;
    uInt piece = room < INT_MAX ? (uInt)room : INT_MAX;
    stream->next_out = output + *produced;
    stream->avail_out = piece;
    int status = inflate(stream, Z_NO_FLUSH);
    *produced += piece - stream->avail_out;
    if (status == Z_STREAM_END) {
      // A gzip file may be several streams in a row, and padded with zeros.
      do {
        refill(reader);
        while (stream->avail_in > 0 && stream->next_in[0] == 0) {
          stream->next_in++;
          stream->avail_in--;
        }
      } while (stream->avail_in == 0 && reader->left > 0);
      if (stream->avail_in == 0) return reader->end = CZlibEnded;
      if (stream->avail_in < 2 || stream->next_in[0] != 0x1f || stream->next_in[1] != 0x8b)
        return reader->end = CZlibTrailing;
      if (inflateReset(stream) != Z_OK) return reader->end = CZlibCorrupt;
      continue;
    }
    if (status == Z_MEM_ERROR) return reader->end = CZlibNoMemory;
    if (status != Z_OK && status != Z_BUF_ERROR) return reader->end = CZlibCorrupt;
    if (*produced == capacity) return CZlibFilled;
    if (stream->avail_out > 0 && stream->avail_in == 0 && reader->left == 0)
      return reader->end = CZlibTruncated;
  }
}

void czlib_close(CZlibReader *reader) {
  inflateEnd(&reader->stream);
  free(reader);
}

size_t czlib_bound(size_t count) { return compressBound(count); }

size_t czlib_compress(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity) {
  uLongf size = capacity;
  return compress2(output, &size, bytes, count, Z_BEST_COMPRESSION) == Z_OK ? size : 0;
}
