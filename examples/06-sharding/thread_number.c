/* A table of the numbers that are taken, under one lock: a thread comes here
 * when it begins to count and when it ends, not in between. */
#include "thread_number.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool taken[THREADS_MOST];

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key; /* the number plus one, for give_back() */
static bool key_exists;

/* Plus one; 0 while there is none. */
static _Thread_local unsigned number;

static void give_back(void *value)
{
	pthread_mutex_lock(&lock);
	taken[(uintptr_t)value - 1] = false;
	pthread_mutex_unlock(&lock);
	/* Destructors that run after this one may count, too. */
	number = THREADS_MOST + 1;
}

static void create_key(void)
{
	key_exists = pthread_key_create(&key, give_back) == 0;
}

static unsigned take(void)
{
	unsigned i;

	for (i = 0; i < THREADS_MOST && taken[i]; i++)
		;
	/* A number that cannot be given back is not taken. */
	if (i == THREADS_MOST ||
	    pthread_setspecific(key, (void *)(uintptr_t)(i + 1)) != 0)
		return THREADS_MOST;
	taken[i] = true;
	return i;
}

unsigned thread_number(void)
{
	if (number != 0)
		return number - 1;
	pthread_once(&once, create_key);
	pthread_mutex_lock(&lock);
	number = 1 + (key_exists ? take() : THREADS_MOST);
	pthread_mutex_unlock(&lock);
	return number - 1;
}
