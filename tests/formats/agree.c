/* agree JSON CSV MD TEXT: whether four outputs of one run of benchstat say the
 * same.  JSON has every number in full.  CSV must have each center and each
 * effect with the same digits; change, p and n of CSV, Markdown and text, and
 * the effects of the latter two, are worked out anew from JSON; centers of
 * Markdown and text are read back and may differ by what was rounded. */
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 4096

static int failures;

/* The next line of FILE that begins with START, less its newline. */
static bool find(FILE *file, const char *start, char line[LINE])
{
	while (fgets(line, LINE, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, start, strlen(start)) == 0)
			return true;
	}
	return false;
}

static void want(const char *what, const char *row, const char *text,
		 const char *line)
{
	if (strstr(line, text) != NULL)
		return;
	fprintf(stderr, "%s: no '%s' for %s in: %s\n", what, text, row, line);
	failures++;
}

static double real(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

/* The change as all but JSON write it; *WORDS as Markdown does the rest. */
static void want_comparison(const json_t *cell, const json_t *base,
			    const char *row, const char *csv, const char *md,
			    const char *text)
{
	const json_t *comparison = json_object_get(cell, "comparison");
	int n = (int)real(cell, "n"), base_n = (int)real(base, "n");
	char delta[64] = "~", p[64], test[128], words[128];

	if (comparison == NULL)
		return;
	if (json_is_true(json_object_get(comparison, "significant")))
		snprintf(delta, sizeof(delta), "%+.2f%%",
			 100 * (real(comparison, "ratio") - 1));
	snprintf(p, sizeof(p), "p=%.3f", real(comparison, "p"));
	if (n == base_n) {
		snprintf(test, sizeof(test), "%s n=%d", p, n);
		snprintf(words, sizeof(words), "%s, %d samples each", p, n);
	} else {
		snprintf(test, sizeof(test), "%s n=%d+%d", p, base_n, n);
		snprintf(words, sizeof(words), "%s, %d and %d samples", p,
			 base_n, n);
	}
	want("csv", row, delta, csv);
	want("csv", row, test, csv);
	want("text", row, delta, text);
	want("text", row, test, text);
	want("md", row, delta, md);
	want("md", row, words, md);
}

/* The factor of the prefix at P; *LEN is its length. */
static double prefix(const char *p, size_t *len)
{
	static const struct {
		const char *name;
		double factor;
	} table[] = {{"Ki", 0x1p10}, {"Mi", 0x1p20}, {"Gi", 0x1p30},
		     {"Ti", 0x1p40}, {"n", 1e-9},    {"µ", 1e-6},
		     {"m", 1e-3},    {"k", 1e3},     {"M", 1e6},
		     {"G", 1e9},     {"T", 1e12}};
	size_t i;

	*len = 0;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		*len = strlen(table[i].name);
		if (strncmp(p, table[i].name, *len) == 0)
			return table[i].factor;
	}
	*len = 0;
	return 1;
}

/* LINE must have CENTER as the ORDINAL-th number in front of a "±". */
static void want_center(const char *what, const char *row, const char *line,
			size_t ordinal, double center)
{
	const char *p = line, *start;
	const char *dot;
	size_t digits, len;
	double value, factor, half;

	/* Without a blank behind it, it is a scale's. */
	for (; ordinal > 0 && p != NULL; ordinal--)
		p = strstr(p + 1, "± ");
	p = p == NULL ? NULL : strstr(p + 1, "± ");
	if (p == NULL) {
		fprintf(stderr, "%s: too few numbers for %s\n", what, row);
		failures++;
		return;
	}
	start = p - 1; /* the blank */
	while (start > line && start[-1] != ' ')
		start--;
	digits = strspn(start, "-0123456789.");
	value = strtod(start, NULL);
	dot = memchr(start, '.', digits);
	factor = prefix(start + digits, &len);
	half = 0.5;
	for (; dot != NULL && dot + 1 < start + digits; dot++)
		half /= 10;
	if (!(fabs(value - center / factor) <= half * 1.0001)) {
		fprintf(stderr, "%s: %s: %.*s is not %g\n", what, row,
			(int)(digits + len), start, center);
		failures++;
	}
}

/* Field PLACE (0, 1, ...) of LINE must read back as CENTER. */
static void want_field(const char *row, const char *line, size_t place,
		       double center)
{
	double value;

	for (; place > 0 && line != NULL; place--) {
		line = strchr(line, ',');
		line = line == NULL ? NULL : line + 1;
	}
	value = line == NULL ? (double)NAN : strtod(line, NULL);
	if (value != center) {
		fprintf(stderr, "csv: %s: %.17g is not %.17g\n", row, value,
			center);
		failures++;
	}
}

/* Where the fields of CELL's column begin in a record of CSV: two of the first
 * column, four of the others; three more of an effect, and three more of a
 * spread, which the first column has, too. */
static size_t csv_place(const json_t *cell)
{
	size_t column = (size_t)real(cell, "column");
	size_t effect = json_object_get(cell, "change") != NULL ? 3 : 0;
	size_t spread = json_object_get(cell, "spread") != NULL ? 3 : 0;

	if (column == 0)
		return 1;
	return 3 + spread + (4 + effect + spread) * (column - 1);
}

/* What is said about the spread of CELL, which is in all formats. */
static void want_spread(const json_t *cell, const char *row, const char *csv,
			const char *md, const char *text)
{
	const json_t *spread = json_object_get(cell, "spread");
	size_t column = (size_t)real(cell, "column");
	size_t effect = json_object_get(cell, "change") != NULL ? 3 : 0;
	size_t place = csv_place(cell) + (column == 0 ? 2 : 4 + effect);
	char scale[64], lag1[64] = "?", words[256];
	bool ordered = json_object_get(spread, "lag1") != NULL;
	int outliers = (int)real(spread, "outliers");

	want_field(row, csv, place, real(spread, "scale"));
	want_field(row, csv, place + 1, outliers);
	if (ordered)
		want_field(row, csv, place + 2, real(spread, "lag1"));
	snprintf(scale, sizeof(scale), "±%.1f%%",
		 100 * real(spread, "scale") / fabs(real(spread, "median")));
	if (ordered)
		snprintf(lag1, sizeof(lag1), "%+.2f", real(spread, "lag1"));
	snprintf(words, sizeof(words), "%s, %d outlier%s, lag 1: %s", scale,
		 outliers, outliers == 1 ? "" : "s", lag1);
	want("text", row, scale, text);
	want("text", row, lag1, text);
	want("md", row, words, md);
}

static double percent(double factor)
{
	return 100 * (factor - 1);
}

/* CHANGE as all but JSON write it; PLACE is CSV's. */
static void want_effect(const json_t *change, const char *row, size_t place,
			const char *csv, const char *md, const char *text)
{
	double low = real(change, "low"), high = real(change, "high");
	double before = real(change, "before"), factor;
	char effect[128];

	if (json_object_get(change, "factor") == NULL) {
		/* By value. */
		factor = real(change, "after") / before;
		snprintf(effect, sizeof(effect), "%+.2f%%", percent(factor));
		want("md", row, effect, md);
		want("text", row, effect, text);
		want_field(row, csv, place, factor);
		return;
	}
	snprintf(effect, sizeof(effect), "%+.2f%% [%+.2f%%, %+.2f%%]",
		 percent(real(change, "factor")), percent(low), percent(high));
	want("md", row, effect, md);
	want("text", row, effect, text);
	want_field(row, csv, place, real(change, "factor"));
	want_field(row, csv, place + 1, low);
	want_field(row, csv, place + 2, high);
}

static void check_row(const json_t *row, FILE *csv, FILE *md, FILE *text)
{
	const char *name = json_string_value(json_object_get(row, "name"));
	const json_t *cells = json_object_get(row, "cells");
	char start[LINE], in_csv[LINE], in_md[LINE], in_text[LINE];
	size_t i;

	/* Rows of Markdown are in another order. */
	rewind(md);
	snprintf(start, sizeof(start), "%s,", name);
	if (!find(csv, start, in_csv)) {
		fprintf(stderr, "csv: no row %s\n", name);
		failures++;
		return;
	}
	snprintf(start, sizeof(start), "| `%s` |", name);
	if (!find(md, start, in_md)) {
		fprintf(stderr, "md: no row %s\n", name);
		failures++;
		return;
	}
	snprintf(start, sizeof(start), "%s ", name);
	if (!find(text, start, in_text)) {
		fprintf(stderr, "text: no row %s\n", name);
		failures++;
		return;
	}
	for (i = 0; i < json_array_size(cells); i++) {
		const json_t *cell = json_array_get(cells, i);
		double center = real(cell, "center");
		const json_t *change = json_object_get(cell, "change");

		want_field(name, in_csv, csv_place(cell), center);
		if (change != NULL)
			want_effect(change, name, csv_place(cell) + 4, in_csv,
				    in_md, in_text);
		if (json_object_get(cell, "spread") != NULL)
			want_spread(cell, name, in_csv, in_md, in_text);
		want_center("md", name, in_md, i, center);
		want_center("text", name, in_text, i, center);
		want_comparison(cell, json_array_get(cells, 0), name, in_csv,
				in_md, in_text);
	}
}

int main(int argc, char **argv)
{
	json_t *root, *tables;
	FILE *file[3] = {NULL, NULL, NULL};
	size_t i, j, rows = 0;

	if (argc != 5)
		return 2;
	root = json_load_file(argv[1], 0, NULL);
	for (i = 0; i < 3; i++)
		file[i] = fopen(argv[2 + i], "r");
	if (root == NULL || file[0] == NULL || file[1] == NULL ||
	    file[2] == NULL)
		return 2;
	tables = json_object_get(root, "tables");
	for (i = 0; i < json_array_size(tables); i++) {
		const json_t *list = json_object_get(
			json_array_get(tables, i), "rows");

		for (j = 0; j < json_array_size(list); j++, rows++)
			check_row(json_array_get(list, j), file[0], file[1],
				  file[2]);
	}
	for (i = 0; i < 3; i++)
		fclose(file[i]);
	json_decref(root);
	printf("%zu rows\n", rows);
	return failures > 0 || rows == 0;
}
