// Prints a digest of what each vector helper of CKernels makes of a few thousand vectors: numbers of
// all sizes, zeros of both signs, subnormal numbers, infinities and NaNs. Two machines that print the
// same compute the same bits. NaNs count as one: which of several an operation returns is the
// processor's business.
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "CKernels.h"

static uint64_t state = 1;

static uint64_t next(void) {  // SplitMix64
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

static uint64_t digest;

static void add(const void *bytes, size_t count) {  // FNV-1a
  for (size_t i = 0; i < count; i++) {
    digest = (digest ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3;
  }
}

static void add_floats(ck_f16 a) {
  for (int i = 0; i < 16; i++) {
    float x = a[i];
    uint32_t bits;
    memcpy(&bits, &x, 4);
    if (x != x) bits = 0x7FC00000;
    add(&bits, 4);
  }
}

static void add_mask(ck_i16 a) { add(&a, sizeof a); }

static void add_doubles(ck_d16 a) {
  for (int i = 0; i < 16; i++) {
    double x = a[i];
    uint64_t bits;
    memcpy(&bits, &x, 8);
    if (x != x) bits = 0x7FF8000000000000;
    add(&bits, 8);
  }
}

// Any bits, one in four of them a special number.
static ck_f16 any(void) {
  static const float special[] = {0, -0.0f, 1, -1, 1e-45f, -1e-40f, 1.17549435e-38f, 3.4e38f,
                                  __builtin_inff(), -__builtin_inff(), __builtin_nanf("")};
  ck_f16 a;
  for (int i = 0; i < 16; i++) {
    uint64_t r = next();
    uint32_t bits = (uint32_t)r;
    float x;
    memcpy(&x, &bits, 4);
    a[i] = r >> 62 ? x : special[(r >> 32) % 11];
  }
  return a;
}

// Numbers near each other, whose sums cancel.
static ck_f16 small(void) {
  ck_f16 a;
  for (int i = 0; i < 16; i++) a[i] = (float)(int32_t)(next() >> 40) * 0x1p-20f - 8;
  return a;
}

#define CHECK(name, body)                                             \
  do {                                                                \
    digest = 0xCBF29CE484222325;                                      \
    state = 1;                                                        \
    for (int round = 0; round < 4000; round++) {                      \
      ck_f16 a = round % 2 ? any() : small(), b = round % 2 ? any() : small(); \
      ck_f16 c = round % 2 ? any() : small();                         \
      (void)a, (void)b, (void)c;                                      \
      body;                                                           \
    }                                                                 \
    printf("%-16s %016llx\n", name, (unsigned long long)digest);      \
  } while (0)

struct room {
  ck_parking *parking;
  atomic_int sum, left;
};

static int has_left(void *context) { return ((struct room *)context)->left > 0; }

static void count(void *context) {
  struct room *room = context;
  for (int i = 1; i <= 1000; i++) {
    room->sum += i;
    if (i % 100 == 0) ck_yield();
  }
  ck_set_thread_number(room->left);
  ck_nap(ck_thread_number());
  room->left--;
  ck_parking_wake(room->parking);
}

// Eight threads count while this one is parked.
static void threads(void) {
  struct room room = {ck_parking_create(), 0, 8};
  for (int i = 0; i < 8; i++) {
    if (!ck_start_thread(count, &room)) room.left--;
  }
  ck_parking_wait(room.parking, has_left, &room);
  void *memory = ck_allocate(1 << 22);
  memset(memory, 1, 1 << 22);
  printf("%-16s %d\n", "threads", room.sum);
  printf("%-16s %s\n", "processors", ck_processor_count() >= 1 ? "some" : "none");
  printf("%-16s %s\n", "memory", (uintptr_t)memory % 4096 == 0 ? "on a page" : "somewhere");
  ck_free(memory);
}

int main(void) {
  CHECK("fma", add_floats(ck_fma(a, b, c)));
  CHECK("splat", add_floats(ck_splat(a[3])));
  CHECK("add", add_floats(ck_add(a, b)));
  CHECK("subtract", add_floats(ck_subtract(a, b)));
  CHECK("multiply", add_floats(ck_multiply(a, b)));
  CHECK("divide", add_floats(ck_divide(a, b)));
  CHECK("square_root", add_floats(ck_square_root(a)));
  CHECK("rectify", add_floats(ck_rectify(a)));
  CHECK("where_positive", add_floats(ck_where_positive(a, b)));
  CHECK("select_positive", add_floats(ck_select_positive(a, b, c)));
  CHECK("max", add_floats(ck_max(a, b)));
  CHECK("min", add_floats(ck_min(a, b)));
  CHECK("unordered", add_mask(ck_unordered(a, b)));
  CHECK("any", { bool y = ck_any(ck_unordered(a, b)); add(&y, 1); });
  CHECK("widen", add_doubles(ck_add_wide(ck_widen(a), ck_widen(b))));
  CHECK("first_lanes", add_mask(ck_first_lanes(round % 18)));
  CHECK("keep", add_floats(ck_keep(ck_less(a, b), c)));
  CHECK("drop", add_floats(ck_drop(ck_equal(a, b), c)));
  CHECK("even", add_floats(ck_even(a, b)));
  CHECK("odd", add_floats(ck_odd(a, b)));
  CHECK("mix first", add_floats(ck_mix_first(a, b)));
  CHECK("mix last", add_floats(ck_mix_last(a, b)));
  CHECK("join first", add_floats(ck_join_first(a, b)));
  CHECK("join last", add_floats(ck_join_last(a, b)));
  CHECK("even fours", add_floats(ck_even_fours(a, b)));
  CHECK("odd fours", add_floats(ck_odd_fours(a, b)));
  CHECK("round", add_floats(ck_round(small())));
  CHECK("scale", {
    ck_f16 n;
    for (int i = 0; i < 16; i++) n[i] = (float)(int)(next() % 507) - 252;
    add_floats(ck_scale(small(), n));
  });
  CHECK("mantissa", add_floats(ck_mantissa(ck_magnitude(small()) + 1)));
  CHECK("exponent", add_floats(ck_exponent(ck_magnitude(a))));
  CHECK("copy_sign", add_floats(ck_copy_sign(a, b)));
  CHECK("select", add_floats(ck_select(ck_without(ck_is_number(a), ck_less(a, b)), b, c)));
  CHECK("either", add_mask(ck_either(ck_less(a, b), ck_less(b, c))));
  CHECK("unaligned", {
    float room[40];
    memset(room, 0, sizeof room);
    ck_store_unaligned(room + 3, a);
    add_floats(ck_load_unaligned(room + 1));
    const float *places[16];
    for (int i = 0; i < 16; i++) places[i] = room + i;
    add_floats(ck_gather(places, 5, 1 << round % 4));
    add_floats(ck_load_first(room, 1 << round % 4));
  });
  threads();
  return 0;
}
