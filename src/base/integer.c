/* Strict decimal integers. */
#include "base/integer.h"

#include <stdbool.h>

#include "base/error.h"

int bi_integer_parse(const char *text, size_t len, int64_t *out)
{
	bool negative = len > 0 && text[0] == '-';
	bool overflow = false;
	int64_t value = 0;
	size_t i = len > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;

	if (i == len)
		return BENCH_EINPUT;
	for (; i < len; i++) {
		int digit = text[i] - '0';

		if (digit < 0 || digit > 9)
			return BENCH_EINPUT;
		/* Downwards: INT64_MIN has no positive twin. */
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			overflow = true;
	}
	if (overflow || (!negative && value == INT64_MIN))
		return BENCH_ERANGE;
	*out = negative ? value : -value;
	return 0;
}

int bi_integer_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}
