/* src/profile/serve.c: connections, and what cuts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <benchkit/profile.h>
#include <benchkit/profile_serve.h>

#include "base/buf.h"
#include "clock/clock.h"

/* On a machine that does other things, too. */
enum { PATIENCE_MS = 30000 };

#define NS_PER_MS INT64_C(1000000)

static int port;

static int dial(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address,
				 sizeof(address)),
			 0);
	return fd;
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL),
			 strlen(text));
}

/* All that comes until the other side is done. */
static struct bi_buf hear(int fd)
{
	struct pollfd poller = {.fd = fd, .events = POLLIN};
	struct bi_buf out = BI_BUF_INIT;
	char chunk[4096];
	ssize_t n = 1;

	while (n > 0) {
		int ready = poll(&poller, 1, PATIENCE_MS);

		/* By a picture of the threads. */
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready != 1)
			fail_msg("no end after '%s'", bi_buf_str(&out));
		n = read(fd, chunk, sizeof(chunk));
		if (n > 0)
			assert_int_equal(bi_buf_add(&out, chunk, (size_t)n), 0);
	}
	close(fd);
	return out;
}

static void check_begins(int fd, const char *want)
{
	struct bi_buf got = hear(fd);

	if (strncmp(bi_buf_str(&got), want, strlen(want)) != 0)
		fail_msg("'%s', want '%s'", bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void check_address(const char *address, int want, const char *text)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int rc = bench_profile_serve(address, &err);

	if (rc != want || strcmp(err.text, text) != 0)
		fail_msg("'%s': %d '%s', want %d '%s'", address, rc, err.text,
			 want, text);
}

static int serve(void **state)
{
	(void)state;
	port = bench_profile_serve("127.0.0.1:0", NULL);
	return port > 0 ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	bench_profile_serve_stop();
	return 0;
}

static void only_numeric_addresses_are_served(void **state)
{
	static const char *const bad[] = {
		"",		"6060",		   "127.0.0.1",
		"127.0.0.1:",	"127.0.0.1:65536", "127.0.0.1:-1",
		"127.0.0.1:+1", "127.0.0.1:http",  "example.org:80",
		"::1:80",	"[::1:80",	   "[127.0.0.1]:80",
		"256.0.0.1:80", "127.0.0.1 :80",
	};
	char want[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(want, sizeof(want),
			 "'%s' is not a numeric address:port", bad[i]);
		check_address(bad[i], BENCH_EINPUT, want);
	}
	check_address("192.0.2.1:6060", BENCH_EIO,
		      "cannot serve 192.0.2.1:6060: Cannot assign requested "
		      "address");
}

static void without_a_host_it_is_loopback(void **state)
{
	(void)state;
	port = bench_profile_serve(":0", NULL);
	assert_true(port > 0);
	close(dial());
	bench_profile_serve_stop();
	port = bench_profile_serve("localhost:0", NULL);
	assert_true(port > 0);
	close(dial());
	bench_profile_serve_stop();
}

static void there_is_one_server(void **state)
{
	char taken[32];

	(void)state;
	snprintf(taken, sizeof(taken), "127.0.0.1:%d", port);
	check_address(taken, BENCH_EBUSY, "served already");
	bench_profile_serve_stop();
	assert_int_equal(bench_profile_serve(taken, NULL), port);
}

static void a_request_is_answered(void **state)
{
	char request[256], address[32];
	int fd = dial();
	struct bi_buf got;

	(void)state;
	say(fd, "GET /debug/pprof/symbol?0x1+0x2 HTTP/1.1\r\nHost: x\r\n\r\n");
	got = hear(fd);
	assert_non_null(strstr(bi_buf_str(&got), "HTTP/1.1 200 OK\r\n"));
	assert_non_null(strstr(got.data, "X-Content-Type-Options: nosniff"));
	assert_non_null(strstr(got.data, "\r\n\r\nnum_symbols: 1\n"));
	bi_buf_release(&got);
	fd = dial();
	snprintf(address, sizeof(address), "0x1+%#lx",
		 (unsigned long)(uintptr_t)a_request_is_answered);
	snprintf(request, sizeof(request),
		 "POST /debug/pprof/symbol HTTP/1.1\r\nHost: x\r\n"
		 "Content-Length: %zu\r\n\r\n%s",
		 strlen(address), address);
	say(fd, request);
	got = hear(fd);
	assert_non_null(strstr(bi_buf_str(&got), " a_request_is_answered\n"));
	bi_buf_release(&got);
}

static void a_head_has_no_body(void **state)
{
	int fd = dial();
	struct bi_buf got;

	(void)state;
	say(fd, "HEAD /debug/pprof/ HTTP/1.1\r\nHost: x\r\n\r\n");
	got = hear(fd);
	assert_non_null(strstr(bi_buf_str(&got), "HTTP/1.1 200 OK\r\n"));
	assert_null(strstr(got.data, "<html"));
	bi_buf_release(&got);
}

/* Parameters reach the handler as they came, and decoded once. */
static void a_query_is_passed_on(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "GET /debug/pprof/profile?seconds=%33601 HTTP/1.1\r\n"
		"Host: x\r\n\r\n");
	check_begins(fd, "HTTP/1.1 400 Bad Request\r\n");
}

static void malformed_requests_are_refused(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, "GET /debug/pprof/cmdline HTTP/1.1\r\nHost: x\r\n"
		"Content-Length: x\r\n\r\n");
	check_begins(fd, "HTTP/1.1 400");
	/* Half a request, and the end. */
	fd = dial();
	say(fd, "GET /debug/pp");
	shutdown(fd, SHUT_WR);
	check_begins(fd, "");
}

static char *many(const char *before, size_t count)
{
	size_t size = strlen(before);
	char *text = malloc(size + count + 1);

	assert_non_null(text);
	memcpy(text, before, size);
	memset(text + size, 'x', count);
	text[size + count] = '\0';
	return text;
}

/* It may be answered, or cut off while it still talks; but it ends, and there is
 * no 200. */
static void check_refused(const char *before)
{
	char *text = many(before, 100000);
	struct bi_buf got = BI_BUF_INIT;
	char chunk[512];
	int fd = dial();
	ssize_t n;

	n = send(fd, text, strlen(text), MSG_NOSIGNAL);
	shutdown(fd, SHUT_WR);
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		assert_int_equal(bi_buf_add(&got, chunk, (size_t)n), 0);
	assert_null(strstr(bi_buf_str(&got), " 200 OK"));
	bi_buf_release(&got);
	close(fd);
	free(text);
}

static void huge_requests_are_refused(void **state)
{
	(void)state;
	check_refused("GET /debug/pprof/");
	check_refused("GET /debug/pprof/ HTTP/1.1\r\nHost: x\r\nX: ");
	check_refused("POST /debug/pprof/symbol HTTP/1.1\r\nHost: x\r\n"
		      "Content-Length: 100000\r\n\r\n");
	check_refused("POST /debug/pprof/symbol HTTP/1.1\r\nHost: x\r\n"
		      "Transfer-Encoding: chunked\r\n\r\n186a0\r\n");
}

/* A byte now and then is no request: the whole must come in time. */
static void slow_requests_are_cut(void **state)
{
	struct bi_instant began = bi_clock_now();
	int fd = dial();
	char byte;

	(void)state;
	say(fd, "GET /debug/pprof/ HTTP/1.1\r\n");
	while (recv(fd, &byte, 1, MSG_DONTWAIT) < 0 &&
	       bi_clock_since(began) < PATIENCE_MS * NS_PER_MS) {
		if (send(fd, "x", 1, MSG_NOSIGNAL) != 1)
			break;
		usleep(100000);
	}
	close(fd);
	assert_in_range(bi_clock_since(began) / NS_PER_MS, 4500,
			PATIENCE_MS - 1);
}

static void many_at_once_are_all_answered(void **state)
{
	enum { MANY = 500 };
	static int fd[MANY];
	int i;

	(void)state;
	for (i = 0; i < MANY; i++)
		fd[i] = dial();
	for (i = 0; i < MANY; i++)
		say(fd[i], "GET /debug/pprof/cmdline HTTP/1.1\r\n"
			   "Host: x\r\n\r\n");
	for (i = 0; i < MANY; i++)
		check_begins(fd[i], "HTTP/1.1 200 OK\r\n");
}

/* Until the CPU profile is (not) taken. */
static void await_profile(int want)
{
	struct bi_instant began = bi_clock_now();
	int rc;

	do {
		rc = bench_profile_start("cpu", 0, NULL);
		if (rc == 0)
			bench_profile_stop("cpu", NULL, NULL);
		if (rc != want)
			usleep(10000);
	} while (rc != want &&
		 bi_clock_since(began) < PATIENCE_MS * NS_PER_MS);
	assert_int_equal(rc, want);
}

static const char long_profile[] =
	"GET /debug/pprof/profile?seconds=600 HTTP/1.1\r\nHost: x\r\n\r\n";

static void who_hangs_up_ends_the_profile(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, long_profile);
	await_profile(BENCH_EBUSY);
	close(fd);
	await_profile(0);
}

static void a_stop_ends_what_waits(void **state)
{
	int fd = dial();

	(void)state;
	say(fd, long_profile);
	await_profile(BENCH_EBUSY);
	bench_profile_serve_stop();
	await_profile(0);
	close(fd);
}

static void a_child_has_no_server(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(bench_profile_serve("127.0.0.1:0", NULL) > 0 ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(dial());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_numeric_addresses_are_served),
		cmocka_unit_test(without_a_host_it_is_loopback),
		cmocka_unit_test_setup_teardown(there_is_one_server, serve,
						stop),
		cmocka_unit_test_setup_teardown(a_request_is_answered, serve,
						stop),
		cmocka_unit_test_setup_teardown(a_head_has_no_body, serve,
						stop),
		cmocka_unit_test_setup_teardown(a_query_is_passed_on, serve,
						stop),
		cmocka_unit_test_setup_teardown(malformed_requests_are_refused,
						serve, stop),
		cmocka_unit_test_setup_teardown(huge_requests_are_refused,
						serve, stop),
		cmocka_unit_test_setup_teardown(slow_requests_are_cut, serve,
						stop),
		cmocka_unit_test_setup_teardown(many_at_once_are_all_answered,
						serve, stop),
		cmocka_unit_test_setup_teardown(who_hangs_up_ends_the_profile,
						serve, stop),
		cmocka_unit_test_setup_teardown(a_stop_ends_what_waits, serve,
						stop),
		cmocka_unit_test_setup_teardown(a_child_has_no_server, serve,
						stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
