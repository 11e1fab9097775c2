/* Reading UTF-8, and what class a code point belongs to.  UTF-8 as RFC 3629
 * defines it; the classes are the general categories of the Unicode database. */
#include "base/utf8.h"

/* Every STEP-th code point from FIRST to LAST. */
struct range {
	uint32_t first;
	uint32_t last;
	uint32_t step;
};

#include "base/unicode_table.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool is_tail(const char *s, size_t i)
{
	return ((unsigned char)s[i] & 0xc0) == 0x80;
}

uint32_t bi_utf8_next(const char *s, size_t len, size_t *size)
{
	/* The smallest value that a sequence of this many bytes may hold. */
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char lead = (unsigned char)s[0];
	size_t n, i;
	uint32_t c;

	*size = 1;
	if (lead < 0x80)
		return lead;
	if (lead >= 0xc2 && lead < 0xe0) {
		n = 2;
		c = lead & 0x1fu;
	} else if (lead >= 0xe0 && lead < 0xf0) {
		n = 3;
		c = lead & 0x0fu;
	} else if (lead >= 0xf0 && lead < 0xf5) {
		n = 4;
		c = lead & 0x07u;
	} else {
		return BI_UTF8_INVALID;
	}
	if (len < n)
		return BI_UTF8_INVALID;
	for (i = 1; i < n; i++) {
		if (!is_tail(s, i))
			return BI_UTF8_INVALID;
		c = c << 6 | ((unsigned char)s[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return BI_UTF8_INVALID;
	*size = n;
	return c;
}

size_t bi_utf8_count(const char *s, size_t len)
{
	size_t count = 0, i = 0, size;

	while (i < len) {
		bi_utf8_next(s + i, len - i, &size);
		i += size;
		count++;
	}
	return count;
}

static bool in_ranges(const struct range *table, size_t count, uint32_t c)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c > table[mid].last)
			low = mid + 1;
		else if (c < table[mid].first)
			high = mid;
		else
			return (c - table[mid].first) % table[mid].step == 0;
	}
	return false;
}

bool bi_rune_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return c == 0x85 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

bool bi_rune_is_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	return in_ranges(lower, LENGTH(lower), c);
}

bool bi_rune_is_upper(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	return in_ranges(upper, LENGTH(upper), c);
}

bool bi_rune_is_graphic(uint32_t c)
{
	if (c < 0x80)
		return c >= ' ' && c < 0x7f;
	return in_ranges(graphic, LENGTH(graphic), c);
}

bool bi_rune_is_print(uint32_t c)
{
	return bi_rune_is_graphic(c) && (c == ' ' || !bi_rune_is_space(c));
}
