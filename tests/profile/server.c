/* A program that serves its profiles: prints the port, and burns CPU until its
 * standard input ends. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <benchkit/profile_serve.h>

__attribute__((noinline)) static void burn_here(void)
{
	volatile unsigned n = 0;
	int i;

	for (i = 0; i < 100000; i++)
		n++;
}

static void *burn_on(void *nothing)
{
	for (;;)
		burn_here();
	return nothing;
}

int main(void)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int port = bench_profile_serve("127.0.0.1:0", &err);
	pthread_t thread;
	char byte;

	if (port < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (pthread_create(&thread, NULL, burn_on, NULL) != 0)
		return 1;
	printf("%d\n", port);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0) {
		/* Nothing is said to it. */
	}
	bench_profile_serve_stop();
	return 0;
}
