/* Numbers as text: strict reading, printing that reads back, fixed decimals.
 * None of it depends on the locale. */
#ifndef BI_BASE_REAL_H
#define BI_BASE_REAL_H

#include <stddef.h>

/* The whole of TEXT (LEN bytes), correctly rounded, into *OUT: a decimal
 * ("1.5e3"), a hexadecimal with a binary exponent ("0x1.8p3"), both with
 * underscores between digits, "inf", "infinity" or "nan" in any case.
 * BENCH_EINPUT for anything else; BENCH_ERANGE for a finite number too big for
 * a double (*OUT is the infinity); BENCH_ENOMEM.  Too small a one is 0.  Of
 * more than 800 digits before the point only the first 800 count. */
int bi_real_parse(const char *text, size_t len, double *out);

/* Read the short decimal ("123", "4.56", "7.8e+09") at TEXT, which ends before
 * END, with the result bi_real_parse would give.  Returns the first byte behind
 * it, or NULL for whatever needs the full parser.  The caller checks that a
 * field ends there.  This is what makes reading fast. */
const char *bi_real_scan(const char *text, const char *end, double *out);

/* Enough for everything bi_real_print writes. */
#define BI_REAL_SIZE 32

/* The shortest decimal digits that read back as VALUE, as "1234.5" or, from
 * 1e+06 up and below 0.0001, as "1.2345e+06"; "NaN", "+Inf", "-Inf", "-0".
 * Returns the length. */
size_t bi_real_print(char out[BI_REAL_SIZE], double value);

/* Enough for DBL_MAX with BI_REAL_DECIMALS. */
#define BI_REAL_FIXED_SIZE 352
#define BI_REAL_DECIMALS   16

/* VALUE with that many DECIMALS (at most BI_REAL_DECIMALS), correctly rounded,
 * ties to even; "NaN", "+Inf", "-Inf".  Returns the length. */
size_t bi_real_fixed(char out[BI_REAL_FIXED_SIZE], double value, int decimals);

#endif
