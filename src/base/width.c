/* How much room text takes on a screen. */
#include "base/width.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

size_t bi_width(const char *text, size_t len)
{
	const uint64_t high_bits = UINT64_C(0x8080808080808080);
	uint64_t word;
	size_t i = 0;

	/* ASCII, which nearly all text is, needs no decoding. */
	for (; len - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		if (word & high_bits)
			break;
	}
	return i + bi_utf8_count(text + i, len - i);
}

bool bi_is_blank(const char *text, size_t len)
{
	size_t i = 0, size;

	while (i < len) {
		if (!bi_rune_is_space(bi_utf8_next(text + i, len - i, &size)))
			return false;
		i += size;
	}
	return true;
}
