#!/usr/bin/env python3
"""Writes choose_table.h: C(n, k) for 0 <= k <= n <= 50 as benchstat has them.

Up to n = 20 they are the integers.  From 21 on they are
exp(lgamma(n+1) - lgamma(k+1) - lgamma(n-k+1)) with the logarithm and the gamma
function of fdlibm (Sun Microsystems 1993) and a Taylor series for exp that uses
fused multiply-add: right to 13 digits only, and not symmetric in k.  The
rounding decides between equally good confidence intervals (for one at 95 %,
n = 24), so it is kept to the bit.  No libm has a part in it: the table is the
same wherever it is written.

Run by hand:  python3 choose_table.py >choose_table.h
"""
import math
from fractions import Fraction

LAST = 50
LAST_INTEGER = 20

LN2_HI = 6.93147180369123816490e-01
LN2_LO = 1.90821492927058770002e-10
LOG = (6.666666666666735130e-01, 3.999999999940941908e-01,
       2.857142874366239149e-01, 2.222219843214978396e-01,
       1.818357216161805012e-01, 1.531383769920937332e-01,
       1.479819860511658591e-01)
STIRLING = (4.18938533204672725052e-01, 8.33333333333329678849e-02,
            -2.77777777728775536470e-03, 7.93650558643019558500e-04,
            -5.95187557450339963135e-04, 8.36339918996282139126e-04,
            -1.63092934096575273989e-03)
LOG2_E = 1.4426950408889634
LN2_UPPER = 0.69314718055966295651160180568695068359375
LN2_LOWER = 2.8235290563031577122588448175e-13


def horner(coefficients, x):
    value = 0.0
    for c in reversed(coefficients):
        value = c + x * value
    return value


def log(x):
    fraction, exponent = math.frexp(x)
    if fraction < math.sqrt(0.5):
        fraction, exponent = fraction * 2, exponent - 1
    f = fraction - 1
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    rest = s2 * horner(LOG[0::2], s4) + s4 * horner(LOG[1::2], s4)
    half = 0.5 * f * f
    return exponent * LN2_HI - (
        (half - (s * (half + rest) + exponent * LN2_LO)) - f)


def log_gamma(n):
    if n <= 2:
        return 0.0
    if n < 8:
        return log(float(math.factorial(n - 1)))
    z = 1.0 / n
    y = z * z
    tail = STIRLING[0] + z * horner(STIRLING[1:], y)
    return (n - 0.5) * (log(float(n)) - 1) + tail


def fma(a, b, c):
    return float(Fraction(a) * Fraction(b) + Fraction(c))


def exp(x):
    k = round(x * LOG2_E)
    r = fma(-k, LN2_LOWER, fma(-k, LN2_UPPER, x)) / 16
    q = 1.0 / math.factorial(8)
    for i in range(7, 0, -1):
        q = fma(q, r, 1.0 / math.factorial(i))
    r *= q
    for _ in range(3):
        r *= r + 2
    return math.ldexp(fma(r + 2, r, 1.0), k)


def choose(n, k):
    if n <= LAST_INTEGER or k in (0, n):
        return math.comb(n, k)
    return exp(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1))


print("/* C(n, k), written by choose_table.py, which says why they look so. */")
print("\n#define CHOOSE_MAX %d" % LAST)
print("\n/* Row n begins at n (n + 1) / 2. */")
print("static const double choose[] = {")
for n in range(LAST + 1):
    print("\t/* n = %d */" % n)
    line = ""
    for k in range(n + 1):
        item = "%r," % choose(n, k)
        if len(line) + len(item) > 70:
            print("\t" + line)
            line = ""
        line += (" " if line else "") + item
    print("\t" + line)
print("};")
