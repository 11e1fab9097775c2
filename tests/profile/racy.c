/* racy [race]: two threads count under a lock, waiting for a condition in turn;
 * with "race" also without a lock. */
#include <pthread.h>
#include <stdio.h>

#include <benchkit/profile.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn, race;
static long counter, unprotected;

static void *take_turns(void *arg)
{
	int mine = arg != NULL, i;

	for (i = 0; i < 100; i++) {
		pthread_mutex_lock(&lock);
		while (turn != mine)
			pthread_cond_wait(&changed, &lock);
		counter++;
		turn = 1 - mine;
		pthread_cond_signal(&changed);
		pthread_mutex_unlock(&lock);
		if (race)
			unprotected++;
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread[2];
	int i;

	(void)argv;
	race = argc > 1;
	if (bench_profile_start("block", 0, NULL) < 0 ||
	    bench_profile_start("mutex", 0, NULL) < 0)
		return 1;
	for (i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, take_turns,
			       i == 0 ? NULL : &turn);
	for (i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	bench_profile_stop("block", NULL, NULL);
	bench_profile_stop("mutex", NULL, NULL);
	return counter != 200;
}
