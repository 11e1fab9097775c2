/* The work of the service: how many words a line has, and how long they are. */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

struct words {
	size_t count;
	size_t longest; /* bytes */
};

/* Count the words of LINE, which are letters and digits, and make them lower
 * case there. */
struct words words_of(char *line);

#endif
