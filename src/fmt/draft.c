/* The benchmark format as an import writes it. */
#include "fmt/draft.h"

#include <stdbool.h>

#include "base/real.h"
#include "base/utf8.h"

/* Iteration counts are 64-bit integers; below this a double is one exactly. */
#define MOST_ITERATIONS 9007199254740992. /* 2^53 */

int bi_draft_word(struct bi_buf *out, struct bi_slice text)
{
	size_t i, size;
	int rc = 0;

	for (i = 0; rc == 0 && i < text.len; i += size) {
		uint32_t c = bi_utf8_next(text.text + i, text.len - i, &size);

		if (bi_rune_is_space(c))
			rc = bi_buf_addc(out, '_');
		else
			rc = bi_buf_add(out, text.text + i, size);
	}
	return rc;
}

/* Whether KEY may stand before the colon of a configuration line. */
static bool is_key(struct bi_slice key)
{
	size_t i, size;

	for (i = 0; i < key.len; i += size) {
		uint32_t c = bi_utf8_next(key.text + i, key.len - i, &size);

		if (c == ':' || bi_rune_is_space(c) || bi_rune_is_upper(c) ||
		    (i == 0 && !bi_rune_is_lower(c)))
			return false;
	}
	return key.len > 0;
}

int bi_draft_config(struct bi_buf *out, struct bi_slice key,
		    struct bi_slice value)
{
	size_t i;
	int rc;

	if (!is_key(key))
		return 0;
	rc = bi_buf_add(out, key.text, key.len);
	if (rc == 0)
		rc = bi_buf_adds(out, ": ");
	for (i = 0; rc == 0 && i < value.len; i++) {
		char c = value.text[i];

		rc = bi_buf_addc(out, c == '\n' || c == '\r' ? ' ' : c);
	}
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

/* Change "/key:" to "/key=" in the name that begins at byte START. */
static void replace_colons(struct bi_buf *out, size_t start)
{
	bool in_key = false;
	size_t i;

	for (i = start; i < out->len; i++) {
		char *c = &out->data[i];

		if (*c == '/') {
			in_key = true;
		} else if (*c == ':' && in_key) {
			*c = '=';
			in_key = false;
		}
	}
}

int bi_draft_name(struct bi_buf *out, struct bi_slice name, bool colons)
{
	int rc = bi_buf_adds(out, "Benchmark");
	size_t start = out->len;

	if (rc == 0)
		rc = bi_draft_word(out, name);
	if (rc == 0 && colons)
		replace_colons(out, start);
	return rc;
}

int bi_draft_iterations(struct bi_buf *out, double iterations)
{
	/* Also false for NaN. */
	if (!(iterations >= 1 && iterations <= MOST_ITERATIONS))
		iterations = 1;
	return bi_buf_addf(out, " %lld", (long long)iterations);
}

int bi_draft_value(struct bi_buf *out, double value, struct bi_slice unit)
{
	char number[BI_REAL_SIZE];
	int rc;

	if (unit.len == 0)
		return 0;
	bi_real_print(number, value);
	rc = bi_buf_addf(out, " %s ", number);
	return rc < 0 ? rc : bi_draft_word(out, unit);
}
