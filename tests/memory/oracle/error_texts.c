/* A text that libc keeps for a thread, and frees when that has ended. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void *ask(void *arg)
{
	hide(strerror(12345));
	hide(strerror(54321));
	return arg;
}

void work(void)
{
	pthread_t thread;
	int i;

	for (i = 0; i < 3; i++) {
		if (pthread_create(&thread, NULL, ask, NULL) != 0)
			abort();
		pthread_join(thread, NULL);
	}
}
