/* Threads that are still there at the end. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4 };

static pthread_barrier_t done;

static void *allocate_and_wait(void *never)
{
	int i;

	for (i = 0; i < 1000; i++)
		free(hide(malloc((size_t)i)));
	pthread_barrier_wait(&done);
	pthread_barrier_wait(never);
	return NULL;
}

void work(void)
{
	static pthread_barrier_t never;
	pthread_t thread;
	int i;

	pthread_barrier_init(&done, NULL, THREADS + 1);
	pthread_barrier_init(&never, NULL, THREADS + 1);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&thread, NULL, allocate_and_wait, &never) !=
		    0)
			abort();
	pthread_barrier_wait(&done);
}
