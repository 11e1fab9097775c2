/* C11's threads and their specific storage. */
#include "oracle.h"

#include <stdlib.h>
#include <threads.h>

static tss_t key;

static int allocate(void *arg)
{
	(void)arg;
	tss_set(key, malloc(40));
	free(hide(malloc(30)));
	return 0;
}

void work(void)
{
	thrd_t thread[3];
	int i;

	tss_create(&key, free);
	for (i = 0; i < 3; i++)
		if (thrd_create(&thread[i], allocate, NULL) != thrd_success)
			abort();
	for (i = 0; i < 3; i++)
		thrd_join(thread[i], NULL);
}
