/* Strict decimal integers. */
#ifndef BI_BASE_INTEGER_H
#define BI_BASE_INTEGER_H

#include <stddef.h>
#include <stdint.h>

/* The whole of TEXT (LEN bytes) as "[+-]digits" into *OUT.  BENCH_EINPUT for
 * anything else, BENCH_ERANGE for what int64_t cannot hold. */
int bi_integer_parse(const char *text, size_t len, int64_t *out);

/* The value of the hexadecimal digit C; -1 for any other character. */
int bi_integer_digit(char c);

#endif
