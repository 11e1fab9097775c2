/* Strings that libc allocates. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

void work(void)
{
	char *text;
	int i;

	for (i = 0; i < 100; i++) {
		free(hide(strdup("a copy")));
		free(hide(strndup("part of a copy", 4)));
		free(hide(wcsdup(L"wide")));
		if (asprintf(&text, "%d %s %*d", i, "text", i * 10, i) >= 0)
			free(hide(text));
	}
}
