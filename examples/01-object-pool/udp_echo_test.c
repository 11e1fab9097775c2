/* The server that takes its buffers from a pool. */
#include "udp_echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test_heap.h"

static struct pool *new_buffers(void)
{
	struct pool *pool =
		pool_new(&(struct pool_options){.size = UDP_ECHO_BUFFER});

	assert_non_null(pool);
	return pool;
}

/* Some machines have no network, not even with themselves. */
static int start_server(struct udp_echo *server, struct pool *buffers)
{
	int fd;

	if (udp_echo_start(server, buffers) != 0)
		return -1;
	fd = udp_echo_connect(server);
	if (fd < 0)
		udp_echo_stop(server);
	return fd;
}

static void check_echo(int fd, size_t len)
{
	static char text[UDP_ECHO_BUFFER], answer[UDP_ECHO_BUFFER];

	memset(text, (int)len, len);
	assert_int_equal(send(fd, text, len, 0), len);
	assert_int_equal(recv(fd, answer, sizeof(answer), 0), len);
	assert_memory_equal(answer, text, len);
}

static void datagrams_come_back(void **state)
{
	struct pool *buffers = new_buffers();
	struct udp_echo server;
	int fd = start_server(&server, buffers);

	(void)state;
	if (fd >= 0) {
		check_echo(fd, 0);
		check_echo(fd, 1);
		check_echo(fd, 1500);
		check_echo(fd, 65507); /* the most that UDP carries */
		close(fd);
		udp_echo_stop(&server);
	}
	pool_free(buffers);
	if (fd < 0)
		skip();
}

static void without_memory_datagrams_are_dropped(void **state)
{
	struct pool *buffers = new_buffers();
	struct udp_echo server;
	char byte;
	int fd;

	(void)state;
	arm(EVERY);
	fd = start_server(&server, buffers);
	if (fd >= 0) {
		assert_int_equal(send(fd, "1", 1, 0), 1);
		while (recv(server.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1)
			usleep(1000);
		arm(NONE);
		assert_int_equal(send(fd, "2", 1, 0), 1);
		assert_int_equal(recv(fd, &byte, 1, 0), 1);
		assert_int_equal(byte, '2');
		close(fd);
		udp_echo_stop(&server);
	}
	pool_free(buffers);
	if (fd < 0)
		skip();
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(datagrams_come_back),
		TEST(without_memory_datagrams_are_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
