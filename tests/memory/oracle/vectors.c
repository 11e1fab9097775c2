/* argz and envz: strings in one block that grows. */
#include "oracle.h"

#include <argz.h>
#include <envz.h>
#include <stdlib.h>

void work(void)
{
	char *argz = NULL;
	size_t len = 0;
	int i;

	for (i = 0; i < 40; i++)
		argz_add(&argz, &len, "word");
	argz_insert(&argz, &len, argz, "first");
	envz_add(&argz, &len, "KEY", "value");
	envz_add(&argz, &len, "KEY", "a longer value");
	argz_delete(&argz, &len, argz);
	free(argz);
}
