/* A connection of a process with itself: connect() succeeds as soon as the
 * kernel has queued it, before anybody accepts it. */
#include "tcp_pair.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* For 64 KiB and what the kernel keeps beside them. */
enum { ROOM = 196608 };

static int new_socket(void)
{
	return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static int set(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value));
}

/* A free port. */
static int listen_on_loopback(int fd, struct sockaddr_in *address)
{
	socklen_t len = sizeof(*address);

	*address = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	/* An accepted socket has the room of the one that listens. */
	if (set(fd, SOL_SOCKET, SO_RCVBUF, ROOM) < 0 ||
	    bind(fd, (struct sockaddr *)address, len) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &len) < 0)
		return -1;
	return listen(fd, 1);
}

/* Without TCP_NODELAY the end of a frame waits for the answer to its begin. */
static int connect_to(int fd, const struct sockaddr_in *address)
{
	if (set(fd, SOL_SOCKET, SO_SNDBUF, ROOM) < 0 ||
	    set(fd, IPPROTO_TCP, TCP_NODELAY, 1) < 0)
		return -1;
	return connect(fd, (const struct sockaddr *)address, sizeof(*address));
}

static void close_keeping_errno(int fd)
{
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
}

int tcp_pair(int ends[2])
{
	struct sockaddr_in address;
	int listener = new_socket();
	int out = new_socket();
	int in = -1;

	if (listener >= 0 && out >= 0 &&
	    listen_on_loopback(listener, &address) == 0 &&
	    connect_to(out, &address) == 0)
		in = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	close_keeping_errno(listener);
	if (in < 0) {
		close_keeping_errno(out);
		return -1;
	}
	ends[0] = in;
	ends[1] = out;
	return 0;
}
