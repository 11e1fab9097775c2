/* A small service in production: a client sends lines, and gets for each
 * "WORDS LONGEST\n".  A thread for each client.
 *
 *	server [PORT [DEBUG-ADDRESS]]
 *
 * It can be asked why it is slow while it runs: at DEBUG-ADDRESS
 * (127.0.0.1:6060) by HTTP, or by SIGUSR2.  Ports may be 0; the ones that it has
 * are printed. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <benchkit/profile.h>
#include <benchkit/profile_serve.h>

#include "words.h"

enum { DEFAULT_PORT = 7070, LONGEST_LINE = 16384 };

/* ---- Clients ---- */

static void *serve_client(void *arg)
{
	int fd = (int)(intptr_t)arg;
	FILE *in = fdopen(fd, "r");
	char *line = malloc(LONGEST_LINE);

	while (in != NULL && line != NULL &&
	       fgets(line, LONGEST_LINE, in) != NULL) {
		struct words words = words_of(line);

		if (dprintf(fd, "%zu %zu\n", words.count, words.longest) < 0)
			break;
	}
	free(line);
	if (in != NULL)
		fclose(in);
	else
		close(fd);
	return NULL;
}

static void serve_clients(int listener)
{
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		pthread_t thread;

		if (fd < 0)
			continue;
		if (pthread_create(&thread, NULL, serve_client,
				   (void *)(intptr_t)fd) != 0) {
			close(fd);
			continue;
		}
		pthread_detach(thread);
	}
}

/* A socket that listens at loopback's PORT; -1: there is none. */
static int listen_at(uint16_t port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	const int yes = 1;

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, SOMAXCONN) < 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) < 0)
		return -1;
	printf("clients at 127.0.0.1:%d\n", ntohs(address.sin_port));
	return fd;
}

/* ---- Why is it slow? ---- */

static int let_us_ask(const char *address)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int port = bench_profile_serve(address, &err);

	if (port < 0 || bench_profile_on_signal(SIGUSR2, NULL, &err) < 0) {
		fprintf(stderr, "server: %s\n", err.text);
		return -1;
	}
	printf("profiles at http://127.0.0.1:%d/debug/pprof/ and by "
	       "kill -USR2 %ld\n",
	       port, (long)getpid());
	return 0;
}

int main(int argc, char **argv)
{
	long port = argc > 1 ? strtol(argv[1], NULL, 10) : DEFAULT_PORT;
	int listener;

	signal(SIGPIPE, SIG_IGN);
	if (port < 0 || port > UINT16_MAX) {
		fprintf(stderr, "server: '%s' is no port\n", argv[1]);
		return 2;
	}
	listener = listen_at((uint16_t)port);
	if (listener < 0) {
		perror("server");
		return 1;
	}
	if (let_us_ask(argc > 2 ? argv[2] : "127.0.0.1:6060") < 0)
		return 1;
	fflush(stdout);
	serve_clients(listener);
}
