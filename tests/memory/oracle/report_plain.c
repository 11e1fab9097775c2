#include "oracle.h"

#include <stdio.h>
#include <unistd.h>

/* The counter has a thread-local variable, and pthread_create allocates a table
 * with 16 bytes for each object that has any: so must this program. */
static _Thread_local volatile int stand_in;

void begin(void)
{
	stand_in++;
}

void report(void)
{
	char line[100];
	int len;

	len = snprintf(line, sizeof(line), "%d - - - - - -\n", getpid());
	if (write(1, line, (size_t)len) != len)
		_exit(1);
}
