#ifndef LABKIT_CSTREAMS_H
#define LABKIT_CSTREAMS_H

#include <stdint.h>

/// Replaces standard output and standard error of the C library by streams that write to the same
/// descriptors and call a function before and after every write, on the thread that prints; and has the
/// function called before another program is started.
///
/// `calls` is a number for the calls that led there: the same for the same calls. After a write it is 0,
/// and `is_over` is 1.
///
/// Returns 0 where the C library has no such streams: then nothing is changed.
int labkit_watch_streams(void (*tell)(uint64_t calls, int is_over));

#endif
