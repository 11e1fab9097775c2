/* A program that knows nothing of profiles: it burns CPU in a thread until it is
 * told to end.
 *
 *	plain [own] [SECONDS]
 *
 * "own": it handles SIGUSR2 and SIGTERM itself, and says so on standard output.
 * Prints "ready" when it is. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void say(const char *text)
{
	if (write(STDOUT_FILENO, text, strlen(text)) < 0)
		_exit(9);
}

static void on_usr2(int signo)
{
	(void)signo;
	say("own handler\n");
}

static void on_term(int signo)
{
	(void)signo;
	say("own end\n");
	ended = 1;
}

__attribute__((noinline)) static void burn(void)
{
	volatile unsigned n = 0;
	int i;

	for (i = 0; i < 100000; i++)
		n++;
}

static void *burn_on(void *nothing)
{
	for (;;)
		burn();
	return nothing;
}

int main(int argc, char **argv)
{
	const struct timespec tick = {0, 10000000};
	time_t until;
	pthread_t thread;

	if (argc > 1 && strcmp(argv[1], "own") == 0) {
		signal(SIGUSR2, on_usr2);
		signal(SIGTERM, on_term);
		argc--;
		argv++;
	}
	until = time(NULL) + (argc > 1 ? strtol(argv[1], NULL, 10) : 20);
	if (pthread_create(&thread, NULL, burn_on, NULL) != 0)
		return 1;
	say("ready\n");
	while (!ended && time(NULL) < until)
		nanosleep(&tick, NULL);
	return 0;
}
