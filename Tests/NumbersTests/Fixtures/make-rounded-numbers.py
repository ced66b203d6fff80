"""Rounded decimals of doubles, made with Python's decimal module, which is exact.

    python3 make-rounded-numbers.py FOLDER

writes FOLDER/rounded-numbers.txt. A line: the double's bits in hexadecimal, `places N` or
`digits N`, and the number rounded to so many places or significant digits, halves away from zero
(ROUND_HALF_UP is that, for it looks at magnitudes). Made with Python 3.11.
"""

import random
import struct
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 2000
getcontext().Emax = 10**6
getcontext().Emin = -(10**6)
random.seed(13)


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


def double(pattern):
    return struct.unpack("<d", struct.pack("<Q", pattern))[0]


def neighbours(value, reach=1):
    return [double(bits(value) + step) for step in range(-reach, reach + 1)]


def places(value, count):
    return Decimal(value).quantize(Decimal(1).scaleb(-count), rounding=ROUND_HALF_UP)


def digits(value, count):
    exact = Decimal(value)
    rounded = places(value, count - 1 - exact.adjusted())
    # 9.996 to three digits has become 10.00, one digit too many.
    if rounded.adjusted() != exact.adjusted():
        rounded = places(value, count - 1 - rounded.adjusted())
    return rounded


lines = []


def add(value, kind, count):
    rounded = (places if kind == "places" else digits)(value, count)
    text = f"{rounded:f}" if kind == "places" else f"{rounded:e}"
    lines.append(f"{bits(value):016x} {kind} {count} {text}")


for _ in range(400):  # any bits
    pattern = random.getrandbits(64)
    value = double(pattern)
    if value == value and abs(value) != float("inf") and value != 0:
        add(value, "digits", random.randint(1, 20))
for _ in range(300):  # what a lab measures
    add(random.gauss(0, 1) * 10 ** random.randint(-4, 5), "places", random.randint(0, 6))
    add(random.gauss(0, 1) * 10 ** random.randint(-8, 8), "digits", random.randint(1, 8))
for _ in range(150):  # decimals that end in 5, which are nearly halves, and their neighbours
    count = random.randint(0, 6)
    value = float(f"{random.randint(0, 9999)}{random.randint(0, 9)}5e{-count - 1}")
    for close in neighbours(value) if value else []:
        add(close, "places", count)
for _ in range(150):  # halves in binary as in decimal
    count = random.randint(0, 5)
    value = random.randint(1, 2**20) * 2.0 ** -(count + 1) * random.choice([1, -1])
    add(value, "places", count)
    add(value, "places", count + 1)
for exponent in range(-30, 31):  # powers of ten and what is next to them
    for close in neighbours(float(f"1e{exponent}")):
        add(close, "digits", 3)
        add(close, "digits", 17)
for value in [5e-324, 1e-323, 2.2250738585072014e-308, 2.225073858507201e-308,
              1.7976931348623157e308, 2.0**1023, 2.0**53 - 1, 2.0**53 + 2, 0.1, 0.5, 1.5, 2.5]:
    for count in [1, 2, 17, 40, 60]:
        add(value, "digits", count)
        add(-value, "digits", count)

with open(sys.argv[1] + "/rounded-numbers.txt", "w") as file:
    file.write("\n".join(lines) + "\n")
