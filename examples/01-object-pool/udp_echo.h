/* Where a pool is used: a UDP server that sends every datagram back.
 *
 * A datagram may be 64 KiB long, and nobody knows how long it is before it has
 * arrived: each one is received into a buffer of that size, taken from a pool
 * and given back when the answer is sent. */
#ifndef UDP_ECHO_H
#define UDP_ECHO_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "object_pool.h"

enum { UDP_ECHO_BUFFER = 65536 };

/* A running server.  Read ADDRESS freely. */
struct udp_echo {
	struct sockaddr_in address; /* 127.0.0.1 and a free port */
	int fd;
	struct pool *buffers;
	pthread_t thread;
	atomic_bool stopping;
};

/* Start a thread that answers on ADDRESS with BUFFERS, objects of
 * UDP_ECHO_BUFFER bytes, which must outlive it.  A datagram for which there is
 * no memory is dropped.  Returns 0 or an errno; after 0, udp_echo_stop(). */
int udp_echo_start(struct udp_echo *server, struct pool *buffers);

/* End the thread and wait for it.  Returns within a second. */
void udp_echo_stop(struct udp_echo *server);

/* A socket whose datagrams go to SERVER and come from it; receiving fails with
 * EAGAIN after a second.  Returns a descriptor, or -1 with errno. */
int udp_echo_connect(const struct udp_echo *server);

#endif
