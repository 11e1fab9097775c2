/* A piece of the input inside of a message, which is one line. */
#ifndef BI_FMT_EXCERPT_H
#define BI_FMT_EXCERPT_H

#include "base/slice.h"

#define BI_EXCERPT_SIZE 161

struct bi_excerpt {
	char text[BI_EXCERPT_SIZE];
};

/* The beginning of TEXT, with "?" for what does not print. */
struct bi_excerpt bi_excerpt(struct bi_slice text);

#endif
