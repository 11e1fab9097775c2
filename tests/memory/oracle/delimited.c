/* getdelim, with a buffer that it makes and one that it grows. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void work(void)
{
	char text[3000], *part = NULL;
	size_t cap = 0;
	FILE *f;

	memset(text, 'x', sizeof(text));
	text[10] = text[500] = text[2500] = ':';
	f = fmemopen(text, sizeof(text), "r");
	if (f == NULL)
		return;
	while (getdelim(&part, &cap, ':', f) > 0)
		continue;
	fclose(f);
	free(part);
	part = (char *)malloc(5);
	cap = 5;
	f = fmemopen(text, sizeof(text), "r");
	if (f != NULL && getdelim(&part, &cap, ':', f) > 0)
		fclose(f);
	free(part);
}
