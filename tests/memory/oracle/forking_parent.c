/* What a child allocates is none of its parent's. */
#include "oracle.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void work(void)
{
	pid_t pid;
	int i;

	for (i = 0; i < 10; i++)
		free(hide(malloc(20)));
	pid = fork();
	for (i = 0; i < 10; i++)
		free(hide(malloc(pid == 0 ? 200 : 30)));
	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
}
