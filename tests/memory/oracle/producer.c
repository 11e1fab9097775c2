/* Blocks that one thread allocates and another frees. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

enum { BLOCKS = 1000 };

static void *block[BLOCKS];

static void *fill(void *arg)
{
	size_t i;

	for (i = 0; i < BLOCKS; i++)
		block[i] = hide(malloc(i));
	return arg;
}

static void *drain(void *arg)
{
	size_t i;

	for (i = 0; i < BLOCKS; i += 2) {
		block[i] = hide(realloc(block[i], 3 * i + 1));
		free(block[i]);
	}
	return arg;
}

void work(void)
{
	void *(*const fn[])(void *) = {fill, drain};
	pthread_t thread;
	int i;

	for (i = 0; i < 2; i++) {
		if (pthread_create(&thread, NULL, fn[i], NULL) != 0)
			abort();
		pthread_join(thread, NULL);
	}
}
