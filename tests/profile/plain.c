/* A program that knows nothing of profiles: it burns CPU in a thread until it is
 * told to end.
 *
 *	plain [usr2] [term] [daemon] [SECONDS]
 *
 * "usr2", "term": it handles SIGUSR2 or SIGTERM itself, and says so on standard
 * output.  "daemon": a child does the work, and the first process ends.  Prints
 * "ready PID" when it is. */
#include <pthread.h>
#include <signal.h>
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
	say("own usr2\n");
}

static void on_term(int signo)
{
	(void)signo;
	say("own term\n");
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

static void obey(const char *word)
{
	if (strcmp(word, "usr2") == 0)
		signal(SIGUSR2, on_usr2);
	else if (strcmp(word, "term") == 0)
		signal(SIGTERM, on_term);
	else if (strcmp(word, "daemon") == 0 && fork() != 0)
		_exit(0);
}

int main(int argc, char **argv)
{
	const struct timespec tick = {0, 10000000};
	time_t until = time(NULL) + 30;
	char text[64];
	pthread_t thread;
	int i;

	/* What a shell starts behind its back ignores it. */
	signal(SIGINT, SIG_DFL);
	for (i = 1; i < argc; i++) {
		if (argv[i][0] >= '0' && argv[i][0] <= '9')
			until = time(NULL) + strtol(argv[i], NULL, 10);
		else
			obey(argv[i]);
	}
	if (pthread_create(&thread, NULL, burn_on, NULL) != 0)
		return 1;
	snprintf(text, sizeof(text), "ready %ld\n", (long)getpid());
	say(text);
	while (!ended && time(NULL) < until)
		nanosleep(&tick, NULL);
	return 0;
}
