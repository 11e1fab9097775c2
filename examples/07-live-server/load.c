/* Clients of the server: each sends lines, waits for every answer, and measures
 * how long that took.
 *
 *	load [PORT [SECONDS [CLIENTS]]] */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CLIENTS = 64, MOST_ANSWERS = 1 << 20, LINE = 4096 };

struct client {
	pthread_t thread;
	size_t count;
	double *us; /* of each answer */
};

static long port = 7070, seconds = 5, clients = 4;
static struct client client[MOST_CLIENTS];

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int dial(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		die("load: cannot connect");
	return fd;
}

/* Words of one to nine letters, LINE bytes in all. */
static void make_line(char line[LINE])
{
	size_t i;

	for (i = 0; i < LINE - 1; i++)
		line[i] = i % 7 == 0 || i % 10 == 0 ? ' '
						     : (char)('A' + i % 26);
	line[LINE - 1] = '\n';
}

static void *run_client(void *arg)
{
	struct client *self = arg;
	double end = now_us() + (double)seconds * 1e6;
	char line[LINE], answer[64];
	int fd = dial();

	make_line(line);
	while (self->count < MOST_ANSWERS) {
		double began = now_us();

		if (began >= end)
			break;
		if (send(fd, line, LINE, MSG_NOSIGNAL) != LINE ||
		    recv(fd, answer, sizeof(answer), 0) <= 0)
			die("load: no answer");
		self->us[self->count++] = now_us() - began;
	}
	close(fd);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void report(void)
{
	double *all;
	size_t count = 0, n = 0;
	long i;

	for (i = 0; i < clients; i++)
		count += client[i].count;
	all = malloc((count + 1) * sizeof(*all));
	if (all == NULL || count == 0)
		die("load: nothing was answered");
	for (i = 0; i < clients; i++) {
		memcpy(all + n, client[i].us, client[i].count * sizeof(*all));
		n += client[i].count;
	}
	qsort(all, count, sizeof(*all), by_size);
	printf("%.0f answers/s, half of them in %.0f us, 99 of 100 in "
	       "%.0f us\n",
	       (double)count / (double)seconds, all[count / 2],
	       all[count - 1 - count / 100]);
	free(all);
}

int main(int argc, char **argv)
{
	long i;

	if (argc > 1)
		port = strtol(argv[1], NULL, 10);
	if (argc > 2)
		seconds = strtol(argv[2], NULL, 10);
	if (argc > 3)
		clients = strtol(argv[3], NULL, 10);
	if (port < 1 || port > UINT16_MAX || seconds < 1 || clients < 1 ||
	    clients > MOST_CLIENTS) {
		fprintf(stderr, "load [PORT [SECONDS [CLIENTS]]]\n");
		return 2;
	}
	for (i = 0; i < clients; i++) {
		client[i].us = calloc(MOST_ANSWERS, sizeof(double));
		if (client[i].us == NULL ||
		    pthread_create(&client[i].thread, NULL, run_client,
				   &client[i]) != 0)
			die("load: no thread");
	}
	for (i = 0; i < clients; i++)
		pthread_join(client[i].thread, NULL);
	report();
	for (i = 0; i < clients; i++)
		free(client[i].us);
	return 0;
}
