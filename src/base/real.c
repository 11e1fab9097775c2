/* Numbers as text.  What is short and plain takes a path of its own, exact by
 * the argument of Clinger (How to read floating point numbers accurately,
 * 1990): an integer up to 2^53 times or over a power of ten below 10^23 is one
 * correctly rounded operation on two exact operands.  The rest is checked
 * against the grammar and left to libc. */
#include "base/real.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* 10^22 is the largest power of ten that is a double. */
#define EXACT_POWERS  23
#define EXACT_INTEGER (UINT64_C(1) << 53)
/* Nineteen digits always fit in 64 bits. */
#define EXACT_DIGITS  19

/* Of a longer whole number the rest is dropped, as the readers of the benchmark
 * format have always done: what is above 1e308 is out of range unless a
 * negative exponent follows, so no result that anyone measured is touched. */
#define MOST_DIGITS 800

static const double power_of_ten[EXACT_POWERS] = {
	1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* The exponent behind "e" at P, into *OUT; NULL for one that is malformed, or
 * too long to be exact in any case. */
static const char *scan_exponent(const char *p, const char *end, ptrdiff_t *out)
{
	bool negative = p < end && *p == '-';
	const char *start;

	p += p < end && (*p == '-' || *p == '+');
	*out = 0;
	for (start = p; p < end && *p >= '0' && *p <= '9'; p++) {
		if (p - start == 3)
			return NULL;
		*out = *out * 10 + (*p - '0');
	}
	if (negative)
		*out = -*out;
	return p > start ? p : NULL;
}

const char *bi_real_scan(const char *text, const char *end, double *out)
{
	const char *p = text, *point = NULL;
	uint64_t mantissa = 0;
	ptrdiff_t digits, decimals, exponent = 0;

	for (; p < end; p++) {
		unsigned digit = (unsigned)(unsigned char)*p - '0';

		if (digit <= 9)
			mantissa = mantissa * 10 + digit;
		else if (*p == '.' && point == NULL)
			point = p;
		else
			break;
	}
	digits = p - text - (point != NULL);
	if (digits < 1 || digits > EXACT_DIGITS || mantissa > EXACT_INTEGER)
		return NULL;
	decimals = point == NULL ? 0 : p - point - 1;
	if (p < end && (*p == 'e' || *p == 'E')) {
		const char *next = scan_exponent(p + 1, end, &exponent);

		if (next == NULL)
			return NULL;
		p = next;
	}
	exponent -= decimals;
	if (exponent <= -EXACT_POWERS || exponent >= EXACT_POWERS)
		return NULL;
	*out = (double)mantissa;
	if (exponent < 0)
		*out /= power_of_ten[-exponent];
	else if (exponent > 0)
		*out *= power_of_ten[exponent];
	return p;
}

static bool is_digit(char c, bool hex)
{
	return hex ? isxdigit((unsigned char)c) != 0 : c >= '0' && c <= '9';
}

/* Whether P, without its sign, begins with "0x". */
static bool is_hex(const char *p, const char *end)
{
	return end - p > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
}

/* An underscore stands between two digits or between "0x" and a digit. */
static bool underscores_fit(const char *p, const char *end)
{
	bool hex = is_hex(p, end);
	const char *body = hex ? p + 2 : p;

	for (p = body; p < end; p++) {
		if (*p != '_')
			continue;
		if (p == body ? !hex : !is_digit(p[-1], hex))
			return false;
		if (p + 1 == end || !is_digit(p[1], hex))
			return false;
	}
	return true;
}

static size_t skip_digits(const char **p, const char *end, bool hex)
{
	const char *start = *p;

	while (*p < end && is_digit(**p, hex))
		++*p;
	return (size_t)(*p - start);
}

/* Whether P to END, without sign and underscores, is one number. */
static bool is_number(const char *p, const char *end)
{
	bool hex = is_hex(p, end);
	size_t digits;

	if (hex)
		p += 2;
	digits = skip_digits(&p, end, hex);
	if (p < end && *p == '.') {
		p++;
		digits += skip_digits(&p, end, hex);
	}
	if (digits == 0)
		return false;
	if (p == end)
		return !hex;
	if (hex ? *p != 'p' && *p != 'P' : *p != 'e' && *p != 'E')
		return false;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	return skip_digits(&p, end, false) > 0 && p == end;
}

static bool is_word(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word), i;

	if ((size_t)(end - p) != len)
		return false;
	for (i = 0; i < len; i++) {
		if ((p[i] | 0x20) != word[i])
			return false;
	}
	return true;
}

/* strtod in the C locale, whatever the program's locale is. */
static int c_strtod(const char *text, double *out)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);

	if (c == (locale_t)0)
		return BENCH_ENOMEM;
	*out = strtod_l(text, NULL, c);
	freelocale(c);
	return 0;
}

/* Copy P to END without underscores, with a NUL; returns its place.  Digits of
 * a whole number past MOST_DIGITS do not count at all. */
static char *copy_digits(char *to, const char *p, const char *end)
{
	bool counting = !is_hex(p, end);
	int count = 0;

	for (; p < end; p++) {
		if (*p == '_')
			continue;
		if (!is_digit(*p, false))
			counting = false;
		else if (counting && (count > 0 || *p != '0'))
			count++;
		if (!counting || count <= MOST_DIGITS)
			*to++ = *p;
	}
	*to = '\0';
	return to;
}

/* P to END, without sign. */
static int parse_number(const char *p, const char *end, double *out)
{
	char small[128], *copy = small, *to;
	int rc = BENCH_EINPUT;

	if (!underscores_fit(p, end))
		return BENCH_EINPUT;
	if ((size_t)(end - p) >= sizeof(small)) {
		copy = malloc((size_t)(end - p) + 1);
		if (copy == NULL)
			return BENCH_ENOMEM;
	}
	to = copy_digits(copy, p, end);
	if (is_number(copy, to))
		rc = c_strtod(copy, out);
	if (copy != small)
		free(copy);
	return rc;
}

int bi_real_parse(const char *text, size_t len, double *out)
{
	const char *p = text, *end = text + len;
	bool negative = len > 0 && *text == '-';
	int rc;

	if (bi_real_scan(text, end, out) == end)
		return 0;
	if (is_word(p, end, "nan")) {
		*out = (double)NAN;
		return 0;
	}
	if (len > 0 && (*p == '+' || *p == '-'))
		p++;
	if (is_word(p, end, "inf") || is_word(p, end, "infinity")) {
		*out = negative ? -(double)INFINITY : (double)INFINITY;
		return 0;
	}
	rc = parse_number(p, end, out);
	if (rc < 0)
		return rc;
	if (negative)
		*out = -*out;
	return isinf(*out) ? BENCH_ERANGE : 0;
}

/* Text that stands for itself, or NULL for a finite number. */
static const char *special(double value)
{
	if (isnan(value))
		return "NaN";
	if (isinf(value))
		return value > 0 ? "+Inf" : "-Inf";
	return NULL;
}

/* Seventeen significant digits tell any two doubles apart. */
#define MOST_SIGNIFICANT 17

/* Write VALUE with that many significant DIGITS; whether it reads back. */
static bool reads_back(char text[BI_REAL_SIZE], double value, int digits)
{
	snprintf(text, BI_REAL_SIZE, "%.*e", digits - 1, value);
	/* The locale that wrote the point reads it. */
	return strtod(text, NULL) == value;
}

/* The least number of significant digits from which VALUE reads back. */
static int least_digits(double value)
{
	char text[BI_REAL_SIZE];
	int exponent, low = 1, high = MOST_SIGNIFICANT;

	/* More digits come closer, so whatever is nearer than a number that
	 * reads back does too.  Only below a power of two, where doubles are
	 * twice as dense as above, nearer is not always near enough. */
	if (frexp(value, &exponent) == 0.5) {
		while (low < high && !reads_back(text, value, low))
			low++;
		return low;
	}
	while (low < high) {
		int middle = (low + high) / 2;

		if (reads_back(text, value, middle))
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The shortest significant digits of VALUE (finite, above 0) and the decimal
 * exponent of the first.  Returns how many. */
static int shortest(double value, char digits[MOST_SIGNIFICANT], int *exponent)
{
	char text[BI_REAL_SIZE];
	const char *p;
	int count = 0;

	reads_back(text, value, least_digits(value));
	/* Whatever is neither digit nor 'e' is the locale's point. */
	for (p = text; *p != 'e'; p++) {
		if (*p >= '0' && *p <= '9')
			digits[count++] = *p;
	}
	*exponent = (int)strtol(p + 1, NULL, 10);
	return count;
}

size_t bi_real_print(char out[BI_REAL_SIZE], double value)
{
	const char *word = special(value);
	char digits[MOST_SIGNIFICANT] = "", *p = out;
	int count, exponent, i;

	if (word != NULL)
		return (size_t)snprintf(out, BI_REAL_SIZE, "%s", word);
	if (signbit(value))
		*p++ = '-';
	if (value == 0) {
		*p++ = '0';
		*p = '\0';
		return (size_t)(p - out);
	}
	count = shortest(fabs(value), digits, &exponent);
	if (exponent < -4 || exponent > 5) {
		*p++ = digits[0];
		if (count > 1)
			*p++ = '.';
		memcpy(p, digits + 1, (size_t)count - 1);
		p += count - 1;
		p += sprintf(p, "e%+03d", exponent);
		return (size_t)(p - out);
	}
	if (exponent < 0) {
		*p++ = '0';
		*p++ = '.';
		for (i = exponent + 1; i < 0; i++)
			*p++ = '0';
	}
	for (i = 0; i < count || i <= exponent; i++) {
		if (i == exponent + 1 && exponent >= 0)
			*p++ = '.';
		*p++ = i < count ? digits[i] : '0';
	}
	*p = '\0';
	return (size_t)(p - out);
}

/* VALUE times a power of ten, rounded, as an integer, if the rounding of the
 * product cannot have changed the answer; false if it might have. */
static bool scaled(double value, int decimals, uint64_t *out)
{
	double product = value * power_of_ten[decimals], below, part;

	if (!(product < (double)(UINT64_C(1) << 40)))
		return false;
	below = floor(product);
	part = product - below;
	/* The product is off by at most 2^-13 here (half a unit in its last
	 * place); stay far enough from the tie. */
	if (fabs(part - 0.5) < 0x1p-12)
		return false;
	*out = (uint64_t)below + (part > 0.5);
	return true;
}

static size_t print_scaled(char *out, bool negative, uint64_t digits,
			   int decimals)
{
	char reversed[24];
	size_t n = 0, len = 0;

	while (digits > 0 || n < (size_t)decimals + 1) {
		reversed[n++] = (char)('0' + digits % 10);
		digits /= 10;
	}
	if (negative)
		out[len++] = '-';
	while (n > 0) {
		out[len++] = reversed[--n];
		if (n == (size_t)decimals && n > 0)
			out[len++] = '.';
	}
	out[len] = '\0';
	return len;
}

size_t bi_real_fixed(char out[BI_REAL_FIXED_SIZE], double value, int decimals)
{
	const char *word = special(value);
	uint64_t digits;
	locale_t c, old;
	int len;

	if (word != NULL)
		return (size_t)snprintf(out, BI_REAL_FIXED_SIZE, "%s", word);
	if (scaled(fabs(value), decimals, &digits))
		return print_scaled(out, signbit(value), digits, decimals);
	c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	old = uselocale(c);
	len = snprintf(out, BI_REAL_FIXED_SIZE, "%.*f", decimals, value);
	uselocale(old);
	if (c != (locale_t)0)
		freelocale(c);
	return (size_t)len;
}
