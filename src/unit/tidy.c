/* Units in their base form.  Only the two scaled units that benchmarks report
 * are known, nanoseconds and megabytes; any other text is kept byte by byte. */
#include "unit/tidy.h"

#include "unit/parse.h"

int bi_unit_tidy(const char *unit, size_t len, struct bi_buf *out,
		 double *factor)
{
	struct bi_unit_parse parse = bi_unit_parse_start(unit, len);
	struct bi_unit_word word;
	const char *done = unit;
	int rc;

	*factor = 1;
	while (bi_unit_parse_next(&parse, &word)) {
		const char *tidy;

		if (word.denominator)
			continue;
		/* In the order of the words: the factor's last bit shows. */
		if (bi_unit_word_is(&word, "ns")) {
			tidy = "sec";
			*factor /= 1e9;
		} else if (bi_unit_word_is(&word, "MB")) {
			tidy = "B";
			*factor *= 1e6;
		} else {
			continue;
		}
		rc = bi_buf_add(out, done, (size_t)(word.text - done));
		if (rc == 0)
			rc = bi_buf_adds(out, tidy);
		if (rc < 0)
			return rc;
		done = word.text + word.len;
	}
	return bi_buf_add(out, done, (size_t)(unit + len - done));
}
