/* Words: the end of the line is looked for once. */
#include <ctype.h>

#include "words.h"

static void lower_case(char *line)
{
	for (; *line != '\0'; line++)
		*line = (char)tolower((unsigned char)*line);
}

static struct words count_words(const char *line)
{
	struct words words = {0, 0};
	size_t length = 0;

	for (;; line++) {
		if (isalnum((unsigned char)*line)) {
			words.count += length++ == 0;
			if (length > words.longest)
				words.longest = length;
		} else {
			length = 0;
		}
		if (*line == '\0')
			return words;
	}
}

struct words words_of(char *line)
{
	lower_case(line);
	return count_words(line);
}
