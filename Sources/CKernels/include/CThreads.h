#pragma once

#include <stddef.h>

// A thread and a place to wait, without the differences between the platforms' declarations.

// Starts a detached thread that calls body(context); returns whether it could be started.
int ck_start_thread(void (*_Nonnull body)(void *_Nullable), void *_Nullable context);

// A place where threads wait until they are woken.
typedef struct ck_parking ck_parking;
ck_parking *_Nonnull ck_parking_create(void);

// Waits while still_parked(context) is not 0; it is asked under the parking's lock.
void ck_parking_wait(
    ck_parking *_Nonnull parking, int (*_Nonnull still_parked)(void *_Nullable),
    void *_Nullable context);

// Wakes all who wait.
void ck_parking_wake(ck_parking *_Nonnull parking);

// A number that this thread was given; 0 before.
int ck_thread_number(void);
void ck_set_thread_number(int value);

// In what order this thread came here for the first time: 0, 1, 2 ...
int ck_thread_order(void);

// Lets other threads run.
void ck_yield(void);

// Sleeps for less than a second.
void ck_nap(int microseconds);

// The processor that this thread runs on at the moment, or -1 where that is not known.
int ck_current_processor(void);

// Moves this thread to another processor that it may use; returns whether there is one.
int ck_leave_processor(int processor);

// How often this thread had to make room for others.
long ck_interruptions(void);

// How long this thread has been ready to run and had no processor, in all; 0 where that is not
// known. Reads a file: not for every call.
long ck_waited_microseconds(void);

// The number of processors that this process may use.
int ck_processor_count(void);

// Memory on a cache line's boundary; from two megabytes on, whole pages of 4 kB, in large pages where
// the system has them.
void *_Nullable ck_allocate(size_t bytes);

// Gives it back; of the same size.
void ck_free(void *_Nullable memory, size_t bytes);
