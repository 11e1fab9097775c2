/* Property of the two writers on random results: what a table for people shows
 * is, number for number, what the CSV has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "prop/results.h"
#include "prop/seeds.h"
#include "unit/tables.h"

static size_t seeds;

enum { WORDS = 64, WORD = 64 };

/* A row as words: its label, then the figures of its cells. */
struct row {
	char word[WORDS][WORD];
	size_t count;
};

static const struct {
	const char *text;
	double factor;
} prefixes[] = {{"Ti", 0x1p40}, {"Gi", 0x1p30}, {"Mi", 0x1p20},
		{"Ki", 0x1p10}, {"T", 1e12},	{"G", 1e9},
		{"M", 1e6},	{"k", 1e3},	{"m", 1e-3},
		{"\u00b5", 1e-6}, {"n", 1e-9},	{"", 1}};

/* A number as the table has it: its value, and half its last place. */
static bool read_scaled(const char *word, double *value, double *half)
{
	const char *point = strchr(word, '.');
	char *end;
	size_t i;

	*value = strtod(word, &end);
	if (end == word)
		return false;
	*half = 0.5;
	if (point != NULL)
		*half *= pow(10, -(double)(end - point - 1));
	for (i = 0; i < LENGTH(prefixes); i++) {
		if (strcmp(end, prefixes[i].text) == 0) {
			*value *= prefixes[i].factor;
			*half *= prefixes[i].factor;
			return true;
		}
	}
	return false;
}

/* Whether the word TEXT of the table says what CSV says. */
static bool same_word(const char *text, const char *csv)
{
	double shown, half, value;
	char *end;

	if (strcmp(text, csv) == 0)
		return true;
	value = strtod(csv, &end);
	if (end == csv || *end != '\0' || !read_scaled(text, &shown, &half))
		return false;
	if (isnan(value) || isinf(value))
		return shown == value || (isnan(shown) && isnan(value));
	return fabs(shown - value) <= half + 1e-12 * fabs(value);
}

static bool is_superscript(const char *word)
{
	static const char *const digits[] = {"\u2070", "\u00b9", "\u00b2",
					     "\u00b3", "\u2074", "\u2075",
					     "\u2076", "\u2077", "\u2078",
					     "\u2079"};
	size_t i;

	for (i = 0; i < LENGTH(digits); i++) {
		if (strncmp(word, digits[i], strlen(digits[i])) == 0)
			return true;
	}
	return false;
}

/* Add the words of TEXT (LEN bytes), without what only the table has: signs of
 * plus-minus, parentheses and marks of notes. */
static void add_words(struct row *row, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		char *word = row->word[row->count];
		size_t n = 0;

		assert_in_range(row->count, 0, WORDS - 1);
		for (; text < end && *text != ' '; text++) {
			if (*text != '(' && *text != ')' && n < WORD - 1)
				word[n++] = *text;
		}
		word[n] = '\0';
		row->count += n > 0 && strcmp(word, "\u00b1") != 0 &&
			      !is_superscript(word);
		while (text < end && *text == ' ')
			text++;
	}
}

static void add_fields(struct row *row, const char *text, size_t len)
{
	char line[WORDS * WORD];
	size_t i;

	assert_in_range(len, 0, sizeof(line) - 1);
	for (i = 0; i < len; i++)
		line[i] = text[i] == ',' ? ' ' : text[i];
	add_words(row, line, len);
}

typedef void add_fn(struct row *row, const char *text, size_t len);

/* The next line at *P that is a row of a table: behind a line that begins with
 * HEAD, before one that is empty or begins with a note's mark. */
static bool next_row(const char **p, const char *head, bool *in_table,
		     add_fn *add, struct row *row)
{
	row->count = 0;
	while (**p != '\0') {
		const char *line = *p;
		size_t len = strcspn(line, "\n");
		bool is_head = strncmp(line, head, strlen(head)) == 0;

		*p = line + len + 1;
		if (len == 0 || is_head || is_superscript(line)) {
			*in_table = is_head;
			continue;
		}
		if (*in_table) {
			add(row, line, len);
			return true;
		}
	}
	return false;
}

/* A lone row has its geometric mean in the CSV only. */
static bool is_extra(const struct row *csv, const struct row *text)
{
	return strcmp(csv->word[0], "geomean") == 0 &&
	       strcmp(text->word[0], "geomean") != 0;
}

/* The first difference between a table and its CSV; NULL if they agree. */
static const char *difference(const char *text, const char *csv)
{
	static struct row shown, record;
	bool in_text = false, in_csv = false, more;
	size_t i;

	for (;;) {
		more = next_row(&text, " ", &in_text, add_words, &shown);
		if (!more)
			shown.word[0][0] = '\0';
		if (!next_row(&csv, ",", &in_csv, add_fields, &record))
			return more ? shown.word[0] : NULL;
		if (is_extra(&record, &shown) &&
		    !next_row(&csv, ",", &in_csv, add_fields, &record))
			return more ? shown.word[0] : NULL;
		if (!more || shown.count != record.count)
			return record.word[0];
		for (i = 0; i < shown.count; i++) {
			if (!same_word(shown.word[i], record.word[i]))
				return record.word[i];
		}
	}
}

static void check(struct tables_config config, const char *const *texts)
{
	struct bi_buf text = BI_BUF_INIT, csv = BI_BUF_INIT;
	struct bi_buf warnings = BI_BUF_INIT;
	const char *place;
	size_t i;

	config.render = bi_render_text;
	assert_int_equal(tables_render(&config, texts, &text, &warnings), 0);
	assert_int_equal(warnings.len, 0);
	config.render = bi_render_csv;
	assert_int_equal(tables_render(&config, texts, &csv, &warnings), 0);
	place = difference(bi_buf_str(&text), bi_buf_str(&csv));
	if (place != NULL) {
		for (i = 0; texts[i] != NULL; i++)
			print_error("input:\n%s", texts[i]);
		print_error("text:\n%s", bi_buf_str(&text));
		print_error("CSV:\n%s", bi_buf_str(&csv));
		fail_msg("differ at '%s'", place);
	}
	bi_buf_release(&text);
	bi_buf_release(&csv);
	bi_buf_release(&warnings);
}

static void text_and_csv_agree(void **state)
{
	/* Labels of one word, and never an empty one. */
	static const struct tables_config configs[] = {
		{.row = ".fullname"},
		{.row = ".name", .column = "/n,.file"},
		{.table = "", .column = "/gomaxprocs"},
	};
	static const struct scaling unscaled = {0, 0};
	static struct results results;
	size_t seed, i;

	(void)state;
	for (seed = 1; seed <= seeds; seed++) {
		struct bi_buf text[2] = {BI_BUF_INIT, BI_BUF_INIT};
		const char *texts[3] = {NULL};
		struct random r = {seed};

		for (i = 0; i < 2; i++) {
			random_results(&r, &results);
			write_results(&text[i], &results, 0, results.count,
				      unscaled);
			texts[i] = bi_buf_str(&text[i]);
		}
		check(configs[random_below(&r, LENGTH(configs))], texts);
		for (i = 0; i < 2; i++)
			bi_buf_release(&text[i]);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_csv_agree),
	};

	seeds = seeds_from(argc, argv, 500);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
