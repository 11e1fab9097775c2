/* A child's counts go on from its parent's, whose other threads it has not. */
#include "oracle.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *allocate(void *arg)
{
	hide(malloc(1000));
	return arg;
}

void work(void)
{
	pthread_t thread;
	pid_t pid;
	int i;

	if (pthread_create(&thread, NULL, allocate, NULL) != 0)
		abort();
	pthread_join(thread, NULL);
	pid = fork();
	if (pid > 0) {
		waitpid(pid, NULL, 0);
		_exit(0);
	}
	for (i = 0; i < 10; i++)
		free(hide(malloc(200)));
}
