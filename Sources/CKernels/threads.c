#define _GNU_SOURCE
#include "CThreads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/mman.h>
#include <sys/resource.h>
#endif

struct start {
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int ck_start_thread(void (*body)(void *), void *context) {
  struct start *start = malloc(sizeof *start);
  if (!start) return 0;
  start->body = body;
  start->context = context;
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, start) != 0) {
    free(start);
    return 0;
  }
  pthread_detach(thread);
  return 1;
}

struct ck_parking {
  pthread_mutex_t mutex;
  pthread_cond_t condition;
};

ck_parking *ck_parking_create(void) {
  ck_parking *parking = malloc(sizeof *parking);
  if (!parking) abort();
  pthread_mutex_init(&parking->mutex, NULL);
  pthread_cond_init(&parking->condition, NULL);
  return parking;
}

void ck_parking_wait(ck_parking *parking, int (*still_parked)(void *), void *context) {
  pthread_mutex_lock(&parking->mutex);
  while (still_parked(context)) pthread_cond_wait(&parking->condition, &parking->mutex);
  pthread_mutex_unlock(&parking->mutex);
}

void ck_parking_wake(ck_parking *parking) {
  pthread_mutex_lock(&parking->mutex);
  pthread_cond_broadcast(&parking->condition);
  pthread_mutex_unlock(&parking->mutex);
}

static _Thread_local int number;

int ck_thread_number(void) { return number; }

void ck_set_thread_number(int value) { number = value; }

static atomic_int known_threads;
static _Thread_local int order = -1;

int ck_thread_order(void) {
  if (order < 0) order = atomic_fetch_add(&known_threads, 1) & 0x7FFFFFFF;
  return order;
}

void ck_yield(void) { sched_yield(); }

void ck_nap(int microseconds) {
  struct timespec time = {0, microseconds * 1000L};
  nanosleep(&time, NULL);
}

int ck_leave_processor(int processor) {
#if defined(__linux__)
  cpu_set_t all;
  if (sched_getaffinity(0, sizeof all, &all) != 0) return 0;
  cpu_set_t others = all;
  CPU_CLR(processor, &others);
  if (CPU_COUNT(&others) == 0 || sched_setaffinity(0, sizeof others, &others) != 0) return 0;
  sched_setaffinity(0, sizeof all, &all);
  return 1;
#else
  (void)processor;
  return 0;
#endif
}

long ck_interruptions(void) {
#if defined(__linux__)
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) == 0) return usage.ru_nivcsw;
#endif
  return 0;
}

long ck_waited_microseconds(void) {
  long waited = 0;
#if defined(__linux__)
  FILE *file = fopen("/proc/thread-self/schedstat", "re");
  if (!file) return 0;
  unsigned long long ran, nanoseconds;
  if (fscanf(file, "%llu %llu", &ran, &nanoseconds) == 2) waited = (long)(nanoseconds / 1000);
  fclose(file);
#endif
  return waited;
}

int ck_current_processor(void) {
#if defined(__linux__)
  return sched_getcpu();
#else
  return -1;
#endif
}

int ck_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

// Two megabytes: the size of a large page on x86-64 and arm64.
#define LARGE_PAGE ((size_t)1 << 21)

#if defined(__linux__) && defined(MADV_HUGEPAGE)
#define HAS_LARGE_PAGES 1
// A mapping of its own: what malloc gives may lie where something has been before, in small pages, and
// the system leaves it in them.
static void *allocate_large(size_t bytes) {
  size_t room = bytes + LARGE_PAGE;
  char *mapped = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return NULL;
  size_t before = (LARGE_PAGE - (size_t)mapped % LARGE_PAGE) % LARGE_PAGE;
  char *memory = mapped + before;
  if (before > 0) munmap(mapped, before);
  munmap(memory + bytes, room - before - bytes);
  madvise(memory, bytes & ~(LARGE_PAGE - 1), MADV_HUGEPAGE);
  return memory;
}
#endif

void *ck_allocate(size_t bytes) {
#ifdef HAS_LARGE_PAGES
  if (bytes >= LARGE_PAGE) return allocate_large(bytes);
#endif
  void *memory = NULL;
  size_t alignment = bytes >= LARGE_PAGE ? LARGE_PAGE : bytes >= 4096 ? 4096 : 64;
  return posix_memalign(&memory, alignment, bytes) == 0 ? memory : NULL;
}

void ck_free(void *memory, size_t bytes) {
#ifdef HAS_LARGE_PAGES
  if (bytes >= LARGE_PAGE) {
    munmap(memory, bytes);
    return;
  }
#endif
  (void)bytes;
  free(memory);
}
