/* Threads that leave by pthread_exit, with handlers that free. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

static void *leave(void *arg)
{
	pthread_cleanup_push(free, hide(malloc(50)));
	pthread_cleanup_push(free, hide(malloc(60)));
	if (hide(arg) != NULL)
		pthread_exit(NULL);
	pthread_cleanup_pop(1);
	pthread_cleanup_pop(1);
	return NULL;
}

void work(void)
{
	pthread_t thread;
	int i;

	for (i = 0; i < 3; i++) {
		if (pthread_create(&thread, NULL, leave, i ? &thread : NULL) !=
		    0)
			abort();
		pthread_join(thread, NULL);
	}
}
