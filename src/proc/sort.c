/* How two values of a field compare. */
#include "proc/sort.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/real.h"

/* What an order is called. */
struct name {
	const char *text;
	enum bi_sort sort;
};

/* A list that is named instead of written lets nothing through. */
static const struct name names[] = {
	{"first", BI_SORT_FIRST},
	{"alpha", BI_SORT_ALPHA},
	{"num", BI_SORT_NUM},
	{"fixed", BI_SORT_FIXED},
};

int bi_sort_named(const char *text, size_t len, enum bi_sort *sort)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i].text) == len &&
		    memcmp(names[i].text, text, len) == 0) {
			*sort = names[i].sort;
			return 0;
		}
	}
	return BENCH_EINPUT;
}

int bi_sort_alpha(struct bi_slice a, struct bi_slice b)
{
	int order = memcmp(a.text, b.text, a.len < b.len ? a.len : b.len);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static bool is_number_byte(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

/* What the prefix at P multiplies by: k is 1000, ki is 1024. */
static double prefix(const char *p, const char *end)
{
	static const char letters[] = "KMGTPEZY";
	const char *letter = NULL;
	double base;

	if (p < end && *p != '\0')
		letter = strchr(letters, *p == 'k' ? 'K' : *p);
	if (letter == NULL)
		return 1;
	base = p + 1 < end && p[1] == 'i' ? 1024 : 1000;
	return pow(base, (double)(letter - letters + 1));
}

/* The number in TEXT: all of it, or else the first run of digits and points
 * with its prefix. */
static bool number_in(struct bi_slice text, double *out)
{
	const char *p = text.text, *end = p + text.len, *start;

	if (bi_real_parse(p, text.len, out) == 0)
		return true;
	while (p < end && !is_number_byte(*p))
		p++;
	start = p;
	while (p < end && is_number_byte(*p))
		p++;
	if (p == start || bi_real_parse(start, (size_t)(p - start), out) < 0)
		return false;
	*out *= prefix(p, end);
	return true;
}

int bi_sort_num(struct bi_slice a, struct bi_slice b)
{
	double x, y;
	bool a_is = number_in(a, &x), b_is = number_in(b, &y);

	if (!a_is || !b_is)
		return b_is - a_is;
	if (isnan(x) || isnan(y))
		return (isnan(x) != 0) - (isnan(y) != 0);
	return (x > y) - (x < y);
}
