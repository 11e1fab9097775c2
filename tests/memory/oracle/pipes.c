/* A command and its output. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

void work(void)
{
	char line[100];
	FILE *f = popen("echo out", "r");

	if (f != NULL) {
		if (fgets(line, sizeof(line), f) != NULL)
			hide(line);
		pclose(f);
	}
}
