/* A unit as the words it is made of. */
#ifndef BI_UNIT_PARSE_H
#define BI_UNIT_PARSE_H

#include <stdbool.h>
#include <stddef.h>

/* One word of a unit.  "/" in front of a word turns to the denominator, "*"
 * back to the numerator; "-" and blanks only separate. */
struct bi_unit_word {
	const char *text;
	size_t len; /* never 0 */
	bool denominator;
};

/* Where a walk over the words of a unit stands. */
struct bi_unit_parse {
	const char *next;
	const char *end;
	bool denominator;
};

struct bi_unit_parse bi_unit_parse_start(const char *unit, size_t len);

/* The next word into *WORD; false at the end. */
bool bi_unit_parse_next(struct bi_unit_parse *parse, struct bi_unit_word *word);

/* Whether WORD reads NAME. */
bool bi_unit_word_is(const struct bi_unit_word *word, const char *name);

#endif
