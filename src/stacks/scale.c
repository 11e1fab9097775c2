/* Values in the units that pprof prints them in. */
#include "stacks/scale.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

struct unit {
	const char *name; /* as printed */
	const char *aliases; /* each with a blank before and behind */
	double factor;
};

struct family {
	const struct unit *units; /* smallest first */
	size_t count;
	const struct unit *basic; /* when nothing else fits */
};

static const struct unit bytes[] = {
	{"B", " b byte ", 1},
	{"kB", " kb kbyte kilobyte ", 0x1p10},
	{"MB", " mb mbyte megabyte ", 0x1p20},
	{"GB", " gb gbyte gigabyte ", 0x1p30},
	{"TB", " tb tbyte terabyte ", 0x1p40},
	{"PB", " pb pbyte petabyte ", 0x1p50},
};

static const struct unit times[] = {
	{"ns", " ns nanosecond ", 1},
	{"us", " us \u03bcs microsecond ", 1e3},
	{"ms", " ms millisecond ", 1e6},
	{"s", " s sec second ", 1e9},
	{"hrs", " hour hr ", 3600e9},
};

static const struct family families[] = {
	{bytes, sizeof(bytes) / sizeof(bytes[0]), &bytes[0]},
	{times, sizeof(times) / sizeof(times[0]), &times[3]},
};

/* Longer is no unit of ours. */
enum { LONGEST = 16 };

/* The unit of FAMILY that is called NAME, in any case, or in the plural. */
static const struct unit *find(const struct family *family, const char *name)
{
	char key[LONGEST + 3] = " ";
	size_t i, len = strlen(name);

	if (len == 0 || len > LONGEST)
		return NULL;
	for (i = 0; i < len; i++) {
		char c = name[i];

		if (c == ' ')
			return NULL;
		key[i + 1] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	if (len > 2 && key[len] == 's')
		len--;
	key[len + 1] = ' ';
	key[len + 2] = '\0';
	for (i = 0; i < family->count; i++) {
		if (strstr(family->units[i].aliases, key) != NULL)
			return &family->units[i];
	}
	return NULL;
}

static const struct unit *choose(const struct family *family, double basic)
{
	const struct unit *best = family->basic;
	size_t i;
	bool found = false;

	for (i = 0; i < family->count; i++) {
		if (basic / family->units[i].factor >= 1) {
			best = &family->units[i];
			found = true;
		}
	}
	return found ? best : family->basic;
}

double bi_scale(int64_t value, const char *from, const char *to,
		const char **unit)
{
	bool choice = strcmp(to, BI_SCALE_AUTO) == 0;
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		const struct unit *source = find(&families[i], from);
		const struct unit *target;
		double basic;

		if (source == NULL)
			continue;
		basic = (double)value * source->factor;
		target = choice ? choose(&families[i], fabs(basic))
				: find(&families[i], to);
		if (target == NULL)
			target = families[i].basic;
		*unit = target->name;
		return basic / target->factor;
	}
	*unit = choice || strcmp(to, "count") == 0 ||
				strcmp(to, "sample") == 0 ||
				strcmp(to, "unit") == 0
			? ""
			: to;
	return (double)value;
}

int bi_scale_print(struct bi_buf *out, int64_t value, const char *from,
		   const char *to)
{
	size_t start = out->len;
	const char *unit;
	double scaled = bi_scale(value, from, to, &unit);
	int rc = bi_buf_addf(out, "%.2f", scaled);
	char *text;

	if (rc < 0)
		return rc;
	text = out->data + start;
	if (strcmp(out->data + out->len - 3, ".00") == 0) {
		out->len -= 3;
		out->data[out->len] = '\0';
	}
	if (strcmp(text, "0") == 0 || strcmp(text, "-0") == 0) {
		out->len = start;
		return bi_buf_addc(out, '0');
	}
	return bi_buf_adds(out, unit);
}

int bi_scale_percent(struct bi_buf *out, int64_t value, int64_t total)
{
	double percent = 0;

	if (total != 0)
		percent = fabs((double)value / (double)total) * 100;
	if (percent >= 99.95 && percent <= 100.05)
		return bi_buf_adds(out, "  100%");
	if (percent >= 1)
		return bi_buf_addf(out, "%5.2f%%", percent);
	return bi_buf_addf(out, "%5.2g%%", percent);
}
