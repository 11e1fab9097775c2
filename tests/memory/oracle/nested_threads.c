/* Threads that start threads, and wait for each. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

static void *branch(void *depth)
{
	pthread_t thread;
	int i, left = *(int *)depth - 1;

	free(hide(malloc(100)));
	for (i = 0; left > 0 && i < 2; i++) {
		if (pthread_create(&thread, NULL, branch, &left) != 0)
			abort();
		pthread_join(thread, NULL);
	}
	hide(malloc(10));
	return NULL;
}

void work(void)
{
	int depth = 4;

	branch(&depth);
}
