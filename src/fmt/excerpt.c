/* A piece of the input inside of a message. */
#include "fmt/excerpt.h"

#include "base/utf8.h"

struct bi_excerpt bi_excerpt(struct bi_slice text)
{
	struct bi_excerpt excerpt;
	size_t i, size, used = 0;

	for (i = 0; i < text.len; i += size) {
		uint32_t c = bi_utf8_next(text.text + i, text.len - i, &size);

		if (used + size >= sizeof(excerpt.text))
			break;
		if (c != BI_UTF8_INVALID && bi_rune_is_print(c)) {
			memcpy(excerpt.text + used, text.text + i, size);
			used += size;
		} else {
			excerpt.text[used++] = '?';
		}
	}
	excerpt.text[used] = '\0';
	return excerpt;
}
