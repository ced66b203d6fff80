#ifndef LABKIT_CSTREAMS_H
#define LABKIT_CSTREAMS_H

/// Replaces standard output and standard error of the C library by streams that write to the same
/// descriptors and call a function before and after every write, on the thread that prints.
///
/// Returns 0 where the C library has no such streams: then nothing is changed.
int labkit_watch_streams(void (*tell)(void));

#endif
