/* Durations as people write them: "1h1m", "1.5ms", "100us". */
#include "base/duration.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"

struct unit {
	const char *name;
	int64_t ns;
};

/* Longer names first: "ms" must not be read as "m". */
static const struct unit units[] = {
	{"ns", 1},
	{"us", 1000},
	{"\xc2\xb5s", 1000}, /* U+00B5 micro sign */
	{"\xce\xbcs", 1000}, /* U+03BC Greek mu */
	{"ms", 1000000},
	{"s", 1000000000},
	{"m", 60000000000},
	{"h", 3600000000000},
};

/* Digits behind the 18th make less than a hundred-thousandth of a nanosecond,
 * even of an hour; 18 fit int64_t. */
#define MAX_POWER INT64_C(1000000000000000000)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const struct unit *find_unit(const char *s)
{
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strncmp(s, units[i].name, strlen(units[i].name)) == 0)
			return &units[i];
	}
	return NULL;
}

/* DIGITS behind the point, in nanoseconds of a unit of UNIT_NS. */
static int64_t read_fraction(const char *digits, int64_t unit_ns)
{
	int64_t below = 0, power = 1;

	for (; is_digit(*digits) && power < MAX_POWER; digits++) {
		below = below * 10 + (*digits - '0');
		power *= 10;
	}
	return (int64_t)((__int128)below * unit_ns / power);
}

/* Add one "number unit" at *S to *SUM, and move *S behind it. */
static int add_part(const char **s, int64_t *sum)
{
	const char *p = *s, *digits = p, *fraction;
	int64_t whole = 0, part;
	const struct unit *unit;

	for (; is_digit(*p); p++) {
		if (__builtin_mul_overflow(whole, 10, &whole) ||
		    __builtin_add_overflow(whole, *p - '0', &whole))
			return BENCH_ERANGE;
	}
	fraction = p;
	if (*p == '.') {
		for (p++; is_digit(*p); p++)
			;
		if (p - digits == 1)
			return BENCH_EINPUT;
	} else if (p == digits) {
		return BENCH_EINPUT;
	}
	unit = find_unit(p);
	if (unit == NULL)
		return BENCH_EINPUT;
	part = *fraction == '.' ? read_fraction(fraction + 1, unit->ns) : 0;
	if (__builtin_mul_overflow(whole, unit->ns, &whole) ||
	    __builtin_add_overflow(part, whole, &part) ||
	    __builtin_add_overflow(*sum, part, sum))
		return BENCH_ERANGE;
	*s = p + strlen(unit->name);
	return 0;
}

int bi_duration_parse(const char *text, int64_t *ns)
{
	bool negative = *text == '-';
	int64_t sum = 0;
	int rc;

	if (*text == '-' || *text == '+')
		text++;
	if (strcmp(text, "0") == 0) {
		*ns = 0;
		return 0;
	}
	do {
		rc = add_part(&text, &sum);
		if (rc < 0)
			return rc;
	} while (*text != '\0');
	*ns = negative ? -sum : sum;
	return 0;
}
