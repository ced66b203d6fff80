#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "CThreads.h"

// The vector helpers that Swift's own SIMD types do not compile to single instructions.
//
// Everything here is a header-only inline function on vectors of 16 floats, which Swift imports as
// SIMD16<Float>. Each Kernels module compiles them for its own instruction set. Fused multiply-add
// is exact on every machine: where the hardware has none the compiler calls fmaf.

typedef float ck_f16 __attribute__((ext_vector_type(16)));
typedef float ck_f16_unaligned __attribute__((ext_vector_type(16), aligned(4)));
typedef int ck_i16 __attribute__((ext_vector_type(16)));
typedef unsigned ck_u16 __attribute__((ext_vector_type(16)));

typedef double ck_d16 __attribute__((ext_vector_type(16)));

#define CK_INLINE static inline __attribute__((always_inline, unused))

// Where the polynomials behind Winograd's minimal filtering are evaluated down the rows: 0, ±√½, ±√2
// and ∞. (Along the columns: 0, ±1 and ∞.) The points ±1 and ±2 of the textbooks have a factor of 8
// on the way back; with these it is 2√2, and the error half as large. The second is twice the first.
#define CK_NEAR_POINT 0x1.6a09e6p-1f
#define CK_FAR_POINT 0x1.6a09e6p0f

// a · b + c, rounded once.
CK_INLINE ck_f16 ck_fma(ck_f16 a, ck_f16 b, ck_f16 c) {
  return __builtin_elementwise_fma(a, b, c);
}

// The same number in all lanes.
CK_INLINE ck_f16 ck_splat(float a) { return (ck_f16)a; }

CK_INLINE ck_f16 ck_add(ck_f16 a, ck_f16 b) { return a + b; }
CK_INLINE ck_f16 ck_subtract(ck_f16 a, ck_f16 b) { return a - b; }
CK_INLINE ck_f16 ck_multiply(ck_f16 a, ck_f16 b) { return a * b; }
CK_INLINE ck_f16 ck_divide(ck_f16 a, ck_f16 b) { return a / b; }
CK_INLINE ck_f16 ck_square_root(ck_f16 a) { return __builtin_elementwise_sqrt(a); }

// a where it is positive or no number, else 0: "not at most 0" is one comparison, as "above 0" is.
CK_INLINE ck_f16 ck_rectify(ck_f16 a) { return (ck_f16)(~(a <= 0) & (ck_i16)a); }

// a where m is positive or no number, else 0.
CK_INLINE ck_f16 ck_where_positive(ck_f16 m, ck_f16 a) {
  return (ck_f16)(~(m <= 0) & (ck_i16)a);
}

// a where m is positive, else b.
CK_INLINE ck_f16 ck_select_positive(ck_f16 m, ck_f16 a, ck_f16 b) {
  ck_i16 k = m > 0;
  return (ck_f16)((k & (ck_i16)a) | (~k & (ck_i16)b));
}

// The larger magnitude of a, which is one, and b; a NaN is larger than any number.
CK_INLINE ck_f16 ck_larger_magnitude(ck_f16 a, ck_f16 b) {
  return (ck_f16)__builtin_elementwise_max((ck_i16)a, (ck_i16)b & 0x7FFFFFFF);
}

// The larger of a and b; b where either is a NaN: what x86 does in one instruction.
CK_INLINE ck_f16 ck_max(ck_f16 a, ck_f16 b) {
  ck_i16 k = a > b;
  return (ck_f16)((k & (ck_i16)a) | (~k & (ck_i16)b));
}

// The smaller of a and b; b where either is a NaN.
CK_INLINE ck_f16 ck_min(ck_f16 a, ck_f16 b) {
  ck_i16 k = a < b;
  return (ck_f16)((k & (ck_i16)a) | (~k & (ck_i16)b));
}

// All bits set where a or b is a NaN.
CK_INLINE ck_i16 ck_unordered(ck_f16 a, ck_f16 b) { return (a != a) | (b != b); }

// Whether any bit of a mask is set.
CK_INLINE bool ck_any(ck_i16 mask) { return __builtin_reduce_or(mask) != 0; }

// Whether all bits of a mask are set.
CK_INLINE bool ck_all(ck_i16 mask) { return __builtin_reduce_and(mask) == -1; }

// Exactly the same numbers in double precision, and their sum.
CK_INLINE ck_d16 ck_widen(ck_f16 a) { return __builtin_convertvector(a, ck_d16); }
CK_INLINE ck_d16 ck_add_wide(ck_d16 a, ck_d16 b) { return a + b; }

// All bits set in the first `count` lanes, none in the others.
CK_INLINE ck_i16 ck_first_lanes(int count) {
  ck_i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lane < (ck_i16)count;
}

// All bits set where a equals b.
CK_INLINE ck_i16 ck_equal(ck_f16 a, ck_f16 b) { return a == b; }

// a where the mask's bits are set, else 0.
CK_INLINE ck_f16 ck_keep(ck_i16 mask, ck_f16 a) { return (ck_f16)(mask & (ck_i16)a); }

// a where the mask's bits are not set, else 0.
CK_INLINE ck_f16 ck_drop(ck_i16 mask, ck_f16 a) { return (ck_f16)(~mask & (ck_i16)a); }

// Small numbers, one in a byte for each lane, as whole ones.
typedef unsigned char ck_b16 __attribute__((ext_vector_type(16)));
CK_INLINE ck_i16 ck_load_bytes(const uint8_t *p) {
  return __builtin_convertvector(*(const ck_b16 *)p, ck_i16);
}
CK_INLINE void ck_store_bytes(uint8_t *p, ck_i16 a) {
  *(ck_b16 *)p = __builtin_convertvector(a, ck_b16);
}

// The bits of whole numbers in the place of floats, to be moved only; and back.
CK_INLINE ck_f16 ck_as_float(ck_i16 a) { return (ck_f16)a; }
CK_INLINE ck_i16 ck_as_whole(ck_f16 a) { return (ck_i16)a; }

// a where n is k, else 0.
CK_INLINE ck_f16 ck_keep_where(ck_i16 n, int k, ck_f16 a) {
  return (ck_f16)((n == (ck_i16)k) & (ck_i16)a);
}

// Which of a, b, c and something else comes first that equals best: 0 to 3.
CK_INLINE ck_i16 ck_first_equal(ck_f16 best, ck_f16 a, ck_f16 b, ck_f16 c) {
  ck_i16 n = (c == best) ? (ck_i16)2 : (ck_i16)3;
  n = (b == best) ? (ck_i16)1 : n;
  return (a == best) ? (ck_i16)0 : n;
}

// n, but where b, c or d is a NaN the last of them: 1, 2 or 3; and 0 where only a is one.
CK_INLINE ck_i16 ck_last_nan(ck_i16 n, ck_f16 a, ck_f16 b, ck_f16 c, ck_f16 d) {
  n = (a != a) ? (ck_i16)0 : n;
  n = (b != b) ? (ck_i16)1 : n;
  n = (c != c) ? (ck_i16)2 : n;
  return (d != d) ? (ck_i16)3 : n;
}

// Whole aligned vectors.
CK_INLINE ck_f16 ck_load(const void *p) { return *(const ck_f16 *)p; }
CK_INLINE void ck_store(void *p, ck_f16 a) { *(ck_f16 *)p = a; }

CK_INLINE ck_f16 ck_load_unaligned(const float *p) { return *(const ck_f16_unaligned *)p; }
CK_INLINE void ck_store_unaligned(float *p, ck_f16 a) { *(ck_f16_unaligned *)p = a; }

// The first lanes of a vector, 1, 2, 4 or 8 of them, and zeros.
CK_INLINE ck_f16 ck_load_first(const float *p, int count) {
  ck_f16 a = (ck_f16)0.0f;
  switch (count) {
    case 1: __builtin_memcpy(&a, p, 4); break;
    case 2: __builtin_memcpy(&a, p, 8); break;
    case 4: __builtin_memcpy(&a, p, 16); break;
    default: __builtin_memcpy(&a, p, 32); break;
  }
  return a;
}

// 1, 2, 4 or 8 numbers from each of as many places as fill a vector.
CK_INLINE ck_f16 ck_gather(const float *const *places, long at, int count) {
  typedef float f2 __attribute__((ext_vector_type(2), aligned(4)));
  typedef float f4 __attribute__((ext_vector_type(4), aligned(4)));
  typedef float f8 __attribute__((ext_vector_type(8), aligned(4)));
  ck_f16 a;
  switch (count) {
    case 1:
      for (int i = 0; i < 16; i++) a[i] = places[i][at];
      break;
    case 2: {
      f8 half[2];
      for (int i = 0; i < 2; i++) {
        f2 p0 = *(const f2 *)(places[4 * i] + at), p1 = *(const f2 *)(places[4 * i + 1] + at);
        f2 p2 = *(const f2 *)(places[4 * i + 2] + at), p3 = *(const f2 *)(places[4 * i + 3] + at);
        f4 low = __builtin_shufflevector(p0, p1, 0, 1, 2, 3);
        f4 high = __builtin_shufflevector(p2, p3, 0, 1, 2, 3);
        half[i] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
      }
      a = __builtin_shufflevector(
          half[0], half[1], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      break;
    }
    case 4: {
      f4 p0 = *(const f4 *)(places[0] + at), p1 = *(const f4 *)(places[1] + at);
      f4 p2 = *(const f4 *)(places[2] + at), p3 = *(const f4 *)(places[3] + at);
      f8 low = __builtin_shufflevector(p0, p1, 0, 1, 2, 3, 4, 5, 6, 7);
      f8 high = __builtin_shufflevector(p2, p3, 0, 1, 2, 3, 4, 5, 6, 7);
      a = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      break;
    }
    default: {
      f8 low = *(const f8 *)(places[0] + at), high = *(const f8 *)(places[1] + at);
      a = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      break;
    }
  }
  return a;
}

// Asks for a cache line ahead of its use.
CK_INLINE void ck_prefetch(const void *p) { __builtin_prefetch(p, 0, 3); }

// The same for the second-level cache: of what is not needed at once.
CK_INLINE void ck_prefetch_second(const void *p) { __builtin_prefetch(p, 0, 2); }

// The even and the odd lanes of a followed by those of b.
CK_INLINE ck_f16 ck_even(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
CK_INLINE ck_f16 ck_odd(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

// Of each four lanes of a and b the first or the last two: a's and b's in turn, or a's and then b's.
CK_INLINE ck_f16 ck_mix_first(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
}
CK_INLINE ck_f16 ck_mix_last(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
}
CK_INLINE ck_f16 ck_join_first(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
}
CK_INLINE ck_f16 ck_join_last(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

// The even and the odd fours of a's lanes followed by those of b's.
CK_INLINE ck_f16 ck_even_fours(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}
CK_INLINE ck_f16 ck_odd_fours(ck_f16 a, ck_f16 b) {
  return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}

// Numbers below 2^22 in magnitude, rounded to whole ones, ties to even: at 1.5 · 2^23 a float's
// steps are 1.
CK_INLINE ck_f16 ck_round(ck_f16 a) { return (a + 12582912.0f) - 12582912.0f; }

// p · 2^n for whole n in -252 ... 254: in two factors, so that results below the normal range are
// rounded once and those above it become infinite.
CK_INLINE ck_f16 ck_scale(ck_f16 p, ck_f16 n) {
  ck_i16 whole = __builtin_convertvector(n, ck_i16);
  ck_i16 half = whole >> 1;
  ck_f16 first = (ck_f16)((half + 127) << 23);
  ck_f16 second = (ck_f16)((whole - half + 127) << 23);
  return p * first * second;
}

// For positive normal a the number m in [sqrt(1/2), sqrt(2)) with a = m · 2^e …
CK_INLINE ck_f16 ck_mantissa(ck_f16 a) {
  // Bits of sqrt(1/2); what lies above it carries into the exponent.
  ck_i16 bits = (ck_i16)a - 0x3F3504F3;
  return (ck_f16)((bits & 0x007FFFFF) + 0x3F3504F3);
}

// … and that e.
CK_INLINE ck_f16 ck_exponent(ck_f16 a) {
  return __builtin_convertvector(((ck_i16)a - 0x3F3504F3) >> 23, ck_f16);
}

// a with the sign of b.
CK_INLINE ck_f16 ck_copy_sign(ck_f16 a, ck_f16 b) {
  return (ck_f16)(((ck_i16)a & 0x7FFFFFFF) | ((ck_i16)b & (int)0x80000000));
}

CK_INLINE ck_f16 ck_magnitude(ck_f16 a) { return (ck_f16)((ck_i16)a & 0x7FFFFFFF); }

// a where the mask's bits are set, else b.
CK_INLINE ck_f16 ck_select(ck_i16 mask, ck_f16 a, ck_f16 b) {
  return (ck_f16)((mask & (ck_i16)a) | (~mask & (ck_i16)b));
}

// All bits set where a is below b, and where a is a number.
CK_INLINE ck_i16 ck_less(ck_f16 a, ck_f16 b) { return a < b; }
CK_INLINE ck_i16 ck_is_number(ck_f16 a) { return a == a; }

// Mask bits in either, in the first but not in the second.
CK_INLINE ck_i16 ck_either(ck_i16 a, ck_i16 b) { return a | b; }
CK_INLINE ck_i16 ck_without(ck_i16 a, ck_i16 b) { return a & ~b; }

// Whether this machine has the instructions of a level, and the system keeps their registers.
bool ck_runs_x86_64_v3(void);
bool ck_runs_x86_64_v4(void);

// Tells the core that this thread is only waiting.
CK_INLINE void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Vectors of doubles; needs what stands above.
#include "CDoubles.h"
