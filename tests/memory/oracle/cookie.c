/* A stream of our own, and buffers given and changed. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

static ssize_t put(void *cookie, const char *text, size_t size)
{
	(void)cookie;
	(void)text;
	return (ssize_t)size;
}

void work(void)
{
	static char buffer[100];
	FILE *f = fopencookie(NULL, "w", (cookie_io_functions_t){.write = put});

	if (f != NULL) {
		fprintf(f, "%100d", 1);
		fclose(f);
	}
	f = fopen("/dev/null", "w");
	if (f != NULL) {
		setvbuf(f, buffer, _IOFBF, sizeof(buffer));
		fprintf(f, "%300d", 1);
		f = freopen("/dev/zero", "r", f);
	}
	if (f != NULL) {
		fgetc(f);
		fclose(f);
	}
}
