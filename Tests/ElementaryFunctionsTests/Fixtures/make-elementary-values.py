"""Writes elementary-values.txt: arguments and true values of the elementary functions.

    python make-elementary-values.py FOLDER

Needs mpmath. One line each: name, argument bits (one or two), the value as a double and what is
left of it as a second one, all as 16 hexadecimal digits. Same seed, same bytes.
"""

import random
import struct
import sys

import mpmath

mpmath.mp.prec = 1400
random.seed(10)


def bits(x):
    return struct.pack(">d", x).hex()


def to_double(value):
    """The double nearest to an mpf, also below the normal range."""
    if value == 0:
        return 0.0
    exponent = max(mpmath.frexp(abs(value))[1] - 53, -1074)
    return float(mpmath.ldexp(mpmath.nint(mpmath.ldexp(value, -exponent)), exponent))


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def powers(low, high, count):
    return [random.choice((-1, 1)) * 2.0 ** random.uniform(low, high) for _ in range(count)]


sigmoid = lambda x: 1 / (1 + mpmath.exp(-x))
positive = [abs(x) for x in powers(-1074, 1023, 120)] + uniform(0.5, 2, 150)
near_one = [1 + x for x in powers(-52, -4, 60)]
quarters = [k * 1.5707963267948966 for k in (1, 2, 3, 7, 355, 10**4, 314159, 2.0**60, 2.0**1000)]
# The double above 2^20 that comes closest to a multiple of pi/2.
hard = [6381956970095103.0 * 2.0**797, 5.0e22, 2.0**100, 1e300]
angles = uniform(-10, 10, 150) + powers(-40, 60, 100) + powers(60, 1023, 50) + quarters + hard

cases = []
one = lambda name, f, xs: cases.extend((name, f, (x,)) for x in xs)
one("exp", mpmath.exp, uniform(-745, 709.7, 120) + uniform(-2, 2, 120) + powers(-60, 0, 30))
one("expm1", mpmath.expm1, uniform(-50, 709, 60) + uniform(-2, 2, 150) + powers(-60, 0, 60))
one("log", mpmath.log, positive + near_one)
one("log2", lambda x: mpmath.log(x, 2), positive + near_one)
one("log10", mpmath.log10, positive + near_one)
one("log1p", mpmath.log1p, uniform(-0.999, 3, 150) + powers(-60, -1, 80) + positive[:60])
one("sin", mpmath.sin, angles)
one("cos", mpmath.cos, angles)
one("tan", mpmath.tan, angles)
one("atan", mpmath.atan, uniform(-3, 3, 200) + powers(-60, 60, 100))
one("tanh", mpmath.tanh, uniform(-20, 20, 100) + uniform(-1, 1, 150) + powers(-60, 0, 60))
one("sigmoid", sigmoid, uniform(-700, 40, 100) + uniform(-5, 5, 150))
for _ in range(200):
    cases.append(("atan2", mpmath.atan2, (powers(-30, 30, 1)[0], powers(-30, 30, 1)[0])))
for _ in range(300):
    x = abs(powers(-20, 20, 1)[0])
    y = random.uniform(-1, 1) * 700 / abs(float(mpmath.log(x)))
    cases.append(("pow", mpmath.power, (x, y)))
for _ in range(100):
    cases.append(("pow", mpmath.power, (random.uniform(-30, 30), float(random.randint(-64, 64)))))

with open(sys.argv[1] + "/elementary-values.txt", "w") as file:
    for name, function, arguments in cases:
        true = function(*map(mpmath.mpf, arguments))
        value = to_double(true)
        rest = to_double(true - mpmath.mpf(value))
        words = [name] + [bits(a) for a in arguments] + [bits(value), bits(rest)]
        file.write(" ".join(words) + "\n")
