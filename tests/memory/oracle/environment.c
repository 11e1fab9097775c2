/* The environment, which libc copies when it is changed. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

void work(void)
{
	char name[20];
	int i;

	clearenv(); /* valgrind's has more in it */
	for (i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "ORACLE_%d", i);
		setenv(name, "value", 1);
		setenv(name, "another value", 1);
	}
	for (i = 0; i < 50; i += 2) {
		snprintf(name, sizeof(name), "ORACLE_%d", i);
		unsetenv(name);
	}
	clearenv();
}
