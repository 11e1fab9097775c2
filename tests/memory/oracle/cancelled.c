/* A thread that is cancelled while it sleeps. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void *wait_for_the_end(void *arg)
{
	pthread_cleanup_push(free, hide(malloc(70)));
	for (;;)
		pause();
	pthread_cleanup_pop(1);
	return arg;
}

void work(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, wait_for_the_end, NULL) != 0)
		abort();
	pthread_cancel(thread);
	pthread_join(thread, NULL);
}
