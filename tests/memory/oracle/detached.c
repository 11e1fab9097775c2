/* A thread that nobody joins. */
#include "oracle.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *allocate(void *arg)
{
	size_t i;

	for (i = 0; i < 100; i++)
		free(hide(malloc(i)));
	sem_post(&done);
	/* Its own end comes when it likes, but allocates nothing. */
	return arg;
}

void work(void)
{
	pthread_attr_t attr;
	pthread_t thread;

	sem_init(&done, 0, 0);
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attr, allocate, NULL) != 0)
		abort();
	pthread_attr_destroy(&attr);
	sem_wait(&done);
}
