/* Of bench/layout.sh: a small state machine. */
#include "parts.h"

size_t words(const unsigned char *text, size_t len)
{
	size_t count = 0, i;
	int inside = 0;

	for (i = 0; i < len; i++) {
		switch (text[i]) {
		case ' ':
		case '\t':
		case '\n':
			inside = 0;
			break;
		case '"':
			inside = !inside;
			break;
		default:
			count += !inside;
			inside = 1;
		}
	}
	return count;
}
