/* Destructors of thread-specific data that free and allocate, some of it in a
 * second and third round. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>

enum { KEYS = 40 }; /* more than have room in the thread's descriptor */

static pthread_key_t key[KEYS];

static void free_and_come_again(void *p)
{
	static _Thread_local int rounds;

	free(p);
	free(hide(malloc(33)));
	if (rounds++ < 2)
		pthread_setspecific(key[0], malloc(11));
}

static void *fill_keys(void *arg)
{
	int i;

	for (i = 0; i < KEYS; i++)
		pthread_setspecific(key[i], malloc((size_t)i));
	return arg;
}

void work(void)
{
	pthread_t thread;
	int i;

	for (i = 0; i < KEYS; i++)
		pthread_key_create(&key[i], free_and_come_again);
	for (i = 0; i < 5; i++) {
		if (pthread_create(&thread, NULL, fill_keys, NULL) != 0)
			abort();
		pthread_join(thread, NULL);
	}
}
