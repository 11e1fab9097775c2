/* A fork by a thread, while another allocates. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *allocate(void *arg)
{
	size_t i;

	for (i = 0; i < 3000; i++)
		free(hide(malloc(i)));
	return arg;
}

static void *fork_and_wait(void *arg)
{
	pid_t pid = fork();

	free(hide(malloc(20)));
	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return arg;
}

void work(void)
{
	pthread_t thread[2];

	if (pthread_create(&thread[0], NULL, allocate, NULL) != 0 ||
	    pthread_create(&thread[1], NULL, fork_and_wait, NULL) != 0)
		abort();
	pthread_join(thread[0], NULL);
	pthread_join(thread[1], NULL);
}
