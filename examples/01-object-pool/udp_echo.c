/* One thread, one datagram at a time, and still a buffer for each: in a larger
 * server the next datagram arrives while others work on the answer to this. */
#include "udp_echo.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* The thread looks this often whether it is to stop, should the datagram that
 * wakes it be lost. */
#define LOOK_MS 200

static int set_timeout(int fd, int ms)
{
	struct timeval timeout = {ms / 1000, ms % 1000 * 1000};

	return setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
			  sizeof(timeout));
}

/* Only when there is one a buffer is needed. */
static bool wait_for_datagram(int fd)
{
	struct pollfd readable = {.fd = fd, .events = POLLIN};

	return poll(&readable, 1, LOOK_MS) > 0;
}

static void drop_datagram(int fd)
{
	char byte;

	recv(fd, &byte, sizeof(byte), 0);
}

static void answer_one(struct udp_echo *server)
{
	struct sockaddr_in peer;
	socklen_t peer_len = sizeof(peer);
	void *buffer = pool_get(server->buffers);
	ssize_t len;

	if (buffer == NULL) {
		drop_datagram(server->fd);
		return;
	}
	len = recvfrom(server->fd, buffer, UDP_ECHO_BUFFER, 0,
		       (struct sockaddr *)&peer, &peer_len);
	/* An answer that cannot be sent is lost, as any datagram may be. */
	if (len >= 0 && !atomic_load(&server->stopping))
		sendto(server->fd, buffer, (size_t)len, 0,
		       (struct sockaddr *)&peer, peer_len);
	pool_put(server->buffers, buffer);
}

static void *serve(void *arg)
{
	struct udp_echo *server = arg;

	while (!atomic_load(&server->stopping))
		if (wait_for_datagram(server->fd))
			answer_one(server);
	return NULL;
}

/* Bind to a free port of the loopback interface. */
static int listen_on_loopback(struct udp_echo *server)
{
	socklen_t len = sizeof(server->address);

	server->address = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	if (bind(server->fd, (struct sockaddr *)&server->address, len) < 0 ||
	    getsockname(server->fd, (struct sockaddr *)&server->address,
			&len) < 0 ||
	    set_timeout(server->fd, LOOK_MS) < 0)
		return errno;
	return 0;
}

int udp_echo_start(struct udp_echo *server, struct pool *buffers)
{
	int rc;

	server->buffers = buffers;
	atomic_init(&server->stopping, false);
	server->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (server->fd < 0)
		return errno;
	rc = listen_on_loopback(server);
	if (rc == 0)
		rc = pthread_create(&server->thread, NULL, serve, server);
	if (rc != 0)
		close(server->fd);
	return rc;
}

void udp_echo_stop(struct udp_echo *server)
{
	int fd = udp_echo_connect(server);

	atomic_store(&server->stopping, true);
	if (fd >= 0) {
		send(fd, "", 0, 0);
		close(fd);
	}
	pthread_join(server->thread, NULL);
	close(server->fd);
}

int udp_echo_connect(const struct udp_echo *server)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int saved;

	if (fd < 0)
		return -1;
	if (connect(fd, (const struct sockaddr *)&server->address,
		    sizeof(server->address)) == 0 &&
	    set_timeout(fd, 1000) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}
