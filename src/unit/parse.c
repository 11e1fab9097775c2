/* A unit as the words it is made of: "MB-read/op" is MB, read, and op in the
 * denominator. */
#include "unit/parse.h"

#include <string.h>

#include "base/utf8.h"

struct bi_unit_parse bi_unit_parse_start(const char *unit, size_t len)
{
	return (struct bi_unit_parse){unit, unit + len, false};
}

/* Whether a separator stands at P; *SIZE is its length in bytes. */
static bool separates(const char *p, const char *end, size_t *size)
{
	uint32_t c = bi_utf8_next(p, (size_t)(end - p), size);

	return c == '*' || c == '/' || c == '-' || bi_rune_is_space(c);
}

bool bi_unit_parse_next(struct bi_unit_parse *parse, struct bi_unit_word *word)
{
	const char *p = parse->next;
	size_t size;

	while (p < parse->end && separates(p, parse->end, &size)) {
		if (*p == '*' || *p == '/')
			parse->denominator = *p == '/';
		p += size;
	}
	word->text = p;
	word->denominator = parse->denominator;
	while (p < parse->end && !separates(p, parse->end, &size))
		p += size;
	word->len = (size_t)(p - word->text);
	parse->next = p;
	return word->len > 0;
}

bool bi_unit_word_is(const struct bi_unit_word *word, const char *name)
{
	return strlen(name) == word->len &&
	       memcmp(word->text, name, word->len) == 0;
}
