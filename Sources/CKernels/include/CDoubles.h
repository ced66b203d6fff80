#pragma once

#include <stdint.h>

// Eight doubles or 64-bit words at a time, for what is computed to more digits than a float has.
//
// Unlike the helpers on floats, `ck_d8_fma` does not promise the same bits on every machine: it is for
// results that are known to be close enough whichever way they were rounded.

typedef double ck_d8 __attribute__((ext_vector_type(8)));
typedef uint64_t ck_w8 __attribute__((ext_vector_type(8)));

CK_INLINE ck_d8 ck_d8_splat(double a) { return (ck_d8)a; }
CK_INLINE ck_d8 ck_d8_add(ck_d8 a, ck_d8 b) { return a + b; }
CK_INLINE ck_d8 ck_d8_subtract(ck_d8 a, ck_d8 b) { return a - b; }
CK_INLINE ck_d8 ck_d8_multiply(ck_d8 a, ck_d8 b) { return a * b; }
CK_INLINE ck_d8 ck_d8_divide(ck_d8 a, ck_d8 b) { return a / b; }
CK_INLINE ck_d8 ck_d8_square_root(ck_d8 a) { return __builtin_elementwise_sqrt(a); }
CK_INLINE ck_d8 ck_d8_magnitude(ck_d8 a) { return __builtin_elementwise_abs(a); }

// a · b + c, rounded once where the machine does that in one instruction, else twice.
CK_INLINE ck_d8 ck_d8_fma(ck_d8 a, ck_d8 b, ck_d8 c) {
#pragma STDC FP_CONTRACT ON
  return a * b + c;
}

// The bits of a double, and the double of some bits.
CK_INLINE ck_w8 ck_d8_bits(ck_d8 a) { return (ck_w8)a; }
CK_INLINE ck_d8 ck_w8_double(ck_w8 a) { return (ck_d8)a; }

CK_INLINE ck_w8 ck_w8_splat(uint64_t a) { return (ck_w8)a; }
CK_INLINE ck_w8 ck_w8_add(ck_w8 a, ck_w8 b) { return a + b; }
CK_INLINE ck_w8 ck_w8_subtract(ck_w8 a, ck_w8 b) { return a - b; }
CK_INLINE ck_w8 ck_w8_multiply(ck_w8 a, ck_w8 b) { return a * b; }
CK_INLINE ck_w8 ck_w8_and(ck_w8 a, ck_w8 b) { return a & b; }
CK_INLINE ck_w8 ck_w8_or(ck_w8 a, ck_w8 b) { return a | b; }
CK_INLINE ck_w8 ck_w8_xor(ck_w8 a, ck_w8 b) { return a ^ b; }
CK_INLINE ck_w8 ck_w8_shift_right(ck_w8 a, int places) { return a >> (uint64_t)places; }
CK_INLINE ck_w8 ck_w8_shift_left(ck_w8 a, int places) { return a << (uint64_t)places; }

// a where the lowest bit of k is set, else b.
CK_INLINE ck_d8 ck_d8_select_odd(ck_w8 k, ck_d8 a, ck_d8 b) {
  return (k & 1) != 0 ? a : b;
}

// Whole numbers below 2^53 as doubles, exactly.
CK_INLINE ck_d8 ck_w8_convert(ck_w8 a) { return __builtin_convertvector(a, ck_d8); }

// Every other of 16 words, from the first or the second on.
CK_INLINE ck_w8 ck_w8_load_even(const uint64_t *p) {
  return (ck_w8){p[0], p[2], p[4], p[6], p[8], p[10], p[12], p[14]};
}
CK_INLINE ck_w8 ck_w8_load_odd(const uint64_t *p) {
  return (ck_w8){p[1], p[3], p[5], p[7], p[9], p[11], p[13], p[15]};
}

// The multiples 0, 2, 4 … 14 of a word.
CK_INLINE ck_w8 ck_w8_even_multiples(uint64_t a) {
  return (ck_w8){0, 2, 4, 6, 8, 10, 12, 14} * (ck_w8)a;
}

// Both rounded to floats, one of a and one of b in turn.
CK_INLINE ck_f16 ck_d8_interleave(ck_d8 a, ck_d8 b) {
  typedef float f8 __attribute__((ext_vector_type(8)));
  f8 first = __builtin_convertvector(a, f8);
  f8 second = __builtin_convertvector(b, f8);
  return __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
}

// Words below 2^24, one of a and one of b in turn, as floats, exactly.
CK_INLINE ck_f16 ck_w8_interleave(ck_w8 a, ck_w8 b) {
  typedef int i8 __attribute__((ext_vector_type(8)));
  i8 first = __builtin_convertvector(a, i8);
  i8 second = __builtin_convertvector(b, i8);
  return __builtin_convertvector(
      __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15),
      ck_f16);
}
