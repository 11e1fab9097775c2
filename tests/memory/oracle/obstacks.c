/* Obstacks, whose chunks come from malloc. */
#include "oracle.h"

#include <obstack.h>
#include <stdlib.h>
#include <string.h>

/* Those of obstack.h's macros. */
#pragma GCC diagnostic ignored "-Wsign-conversion"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free free

void work(void)
{
	struct obstack stack;
	char *first = NULL;
	int i;

	obstack_init(&stack);
	for (i = 0; i < 1000; i++) {
		char *p = (char *)obstack_copy0(&stack, "an object", 9);

		if (first == NULL)
			first = p;
	}
	obstack_blank(&stack, 100000);
	obstack_free(&stack, first);
	obstack_free(&stack, NULL);
}
