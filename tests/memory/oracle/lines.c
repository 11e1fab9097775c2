/* Lines of a file, and streams in memory. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

void work(void)
{
	char *line = NULL, *text;
	size_t cap = 0, len;
	FILE *f = open_memstream(&text, &len);
	int i;

	if (f == NULL)
		return;
	for (i = 0; i < 300; i++)
		fprintf(f, "%*d\n", i, i);
	fclose(f);

	f = fmemopen(text, len, "r");
	if (f != NULL) {
		while (getline(&line, &cap, f) > 0)
			continue;
		fclose(f);
	}
	free(line);
	free(text);
}
