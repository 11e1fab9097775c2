/* Which family of prefixes a unit takes: bytes are counted in powers of two. */
#include "unit/class.h"

#include "unit/parse.h"

enum bi_unit_class bi_unit_class(const char *unit, size_t len)
{
	struct bi_unit_parse parse = bi_unit_parse_start(unit, len);
	struct bi_unit_word word;

	while (bi_unit_parse_next(&parse, &word)) {
		if (word.denominator)
			continue;
		if (bi_unit_word_is(&word, "B") ||
		    bi_unit_word_is(&word, "MB") ||
		    bi_unit_word_is(&word, "bytes"))
			return BI_UNIT_BINARY;
	}
	return BI_UNIT_DECIMAL;
}
