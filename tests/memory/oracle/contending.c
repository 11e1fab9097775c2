/* Four threads that grow and free blocks at once. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4 };

static pthread_barrier_t together;

static void *churn(void *arg)
{
	void *p = NULL;
	size_t i;

	pthread_barrier_wait(&together);
	for (i = 1; i < 2000; i++) {
		p = hide(realloc(p, i));
		free(hide(calloc(i, 2)));
		if (i % 100 == 0) {
			free(p);
			p = NULL;
		}
	}
	free(p);
	return arg;
}

void work(void)
{
	pthread_t thread[THREADS];
	int i;

	pthread_barrier_init(&together, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, churn, NULL) != 0)
			abort();
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
}
