/* What a command takes: usage FILE COMMAND [ARGUMENT...]
 *
 * Runs COMMAND, whose output is thrown away, and appends "SECONDS MIB", wall
 * time and peak memory, to FILE. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void run(char **command)
{
	int null = open("/dev/null", O_WRONLY);

	if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0)
		execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

int main(int argc, char **argv)
{
	struct timespec begin, end;
	struct rusage usage;
	int status = -1;
	FILE *out;
	pid_t pid;

	if (argc < 3)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	pid = fork();
	if (pid == 0)
		run(argv + 2);
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0 || status != 0)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &end);
	out = fopen(argv[1], "a");
	if (out == NULL)
		return 1;
	fprintf(out, "%.4f %.1f\n",
		(double)(end.tv_sec - begin.tv_sec) +
			(double)(end.tv_nsec - begin.tv_nsec) / 1e9,
		(double)usage.ru_maxrss / 1024);
	return fclose(out) == 0 ? 0 : 1;
}
