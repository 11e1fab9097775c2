/* Strings that printf allocates, and scanf. */
#include "oracle.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char *format(const char *fmt, ...)
{
	va_list ap;
	char *text = NULL;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	return text;
}

void work(void)
{
	char *a = NULL, *b = NULL;
	int i;

	for (i = 0; i < 500; i += 50) {
		free(hide(format("%d %*d %s", i, i, i, "text")));
		if (sscanf("two words", "%ms %ms", &a, &b) == 2) {
			free(a);
			free(b);
		}
	}
}
