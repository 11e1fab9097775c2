/* What a unit's name says about its values. */
#include "unit/traits.h"

#include <string.h>

#include "unit/parse.h"

static bool is(const char *unit, size_t len, const char *name)
{
	return len == strlen(name) && memcmp(unit, name, len) == 0;
}

bool bi_unit_more_is_better(const char *unit, size_t len)
{
	static const char *const name[] = {"B/s", "MB/s", "items/s", "ops/s",
					   "IPC"};
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		if (is(unit, len, name[i]))
			return true;
	}
	return false;
}

bool bi_unit_is_time(const char *unit, size_t len)
{
	struct bi_unit_parse parse = bi_unit_parse_start(unit, len);
	struct bi_unit_word word;

	while (bi_unit_parse_next(&parse, &word)) {
		if (bi_unit_word_is(&word, "sec") ||
		    bi_unit_word_is(&word, word.denominator ? "s" : "ns"))
			return true;
	}
	return false;
}

bool bi_unit_is_count(const char *unit, size_t len)
{
	return is(unit, len, "allocs/op");
}
