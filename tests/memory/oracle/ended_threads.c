/* Threads that have ended, one after the other and many at a time. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

static void *allocate(void *arg)
{
	int i;

	for (i = 0; i < 1000; i++)
		free(hide(malloc((size_t)i)));
	hide(malloc(10));
	return arg;
}

static void run(int count)
{
	pthread_t thread[4];
	int i;

	for (i = 0; i < count; i++)
		if (pthread_create(&thread[i], NULL, allocate, NULL) != 0)
			abort();
	for (i = 0; i < count; i++)
		pthread_join(thread[i], NULL);
}

void work(void)
{
	run(1);
	run(4);
	run(1);
}
