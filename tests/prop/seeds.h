/* How many random cases a property is tried on: a few hundred, or as many as
 * the first argument says. */
#ifndef TESTS_PROP_SEEDS_H
#define TESTS_PROP_SEEDS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/integer.h"

static inline size_t seeds_from(int argc, char **argv, size_t few)
{
	int64_t count;

	if (argc < 2 ||
	    bi_integer_parse(argv[1], strlen(argv[1]), &count) < 0 || count < 1)
		return few;
	return (size_t)count;
}

#endif
