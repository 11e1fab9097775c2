/* The server: libmicrohttpd carries requests to http.c and its answers back.
 *
 * A thread for each connection, because an answer may take as long as somebody
 * wants to look.  One more, the watch, cuts connections whose request does not
 * come in time: libmicrohttpd's own limit begins anew with every byte. */
#include <benchkit/profile_serve.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <benchkit/profile.h>
#include <benchkit/profile_http.h>

#include <microhttpd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/integer.h"
#include "clock/clock.h"

/* 0.9.71 made an enum of what was an int. */
#if MHD_VERSION >= 0x00097002
typedef enum MHD_Result mhd_result;
#else
typedef int mhd_result;
#endif

/* As the header says. */
enum { CONNECTIONS = 16, READ_SECONDS = 5, MOST_BODY = 8192 };

#define POOL_SIZE ((size_t)8192)

/* How often the watch looks. */
#define WATCH_NS 250000000

/* More than may be accepted at once: they wait, and are not refused. */
#define BACKLOG 1024

/* Cheap enough to be on as long as the server is. */
static const char *const kinds[] = {"heap", "allocs", "threadcreate"};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* A connection whose request is not complete. */
struct reading {
	int fd; /* -1: none */
	struct bi_instant since;
};

static struct {
	pthread_mutex_t lock; /* of starting and stopping */
	struct MHD_Daemon *daemon;
	pthread_t watch;
	bool started[KINDS];

	pthread_mutex_t reading_lock;
	struct reading reading[CONNECTIONS];
	atomic_bool stopping;
} state = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.reading_lock = PTHREAD_MUTEX_INITIALIZER,
};

/* ---- Time to read ---- */

static void expect(int fd)
{
	int i;

	pthread_mutex_lock(&state.reading_lock);
	for (i = 0; i < CONNECTIONS; i++) {
		if (state.reading[i].fd >= 0)
			continue;
		state.reading[i].fd = fd;
		state.reading[i].since = bi_clock_now();
		break;
	}
	pthread_mutex_unlock(&state.reading_lock);
}

static void expect_no_more(int fd)
{
	int i;

	pthread_mutex_lock(&state.reading_lock);
	for (i = 0; i < CONNECTIONS; i++)
		if (state.reading[i].fd == fd)
			state.reading[i].fd = -1;
	pthread_mutex_unlock(&state.reading_lock);
}

static void cut_late(void)
{
	int i;

	pthread_mutex_lock(&state.reading_lock);
	for (i = 0; i < CONNECTIONS; i++) {
		struct reading *reading = &state.reading[i];

		if (reading->fd < 0 || bi_clock_since(reading->since) <
					       READ_SECONDS * INT64_C(1000000000))
			continue;
		shutdown(reading->fd, SHUT_RDWR);
		reading->fd = -1;
	}
	pthread_mutex_unlock(&state.reading_lock);
}

static void *watch(void *nothing)
{
	const struct timespec pause = {0, WATCH_NS};

	while (!atomic_load(&state.stopping)) {
		clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
		cut_late();
	}
	return nothing;
}

static int fd_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info == NULL ? -1 : info->connect_fd;
}

static void on_connection(void *arg, struct MHD_Connection *connection,
			  void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	(void)arg;
	(void)context;
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		expect(fd_of(connection));
	else
		expect_no_more(fd_of(connection));
}

/* ---- Requests ---- */

/* What is known of a request while its body comes. */
struct incoming {
	char *query; /* as it came; NULL: none */
	struct bi_buf body;
};

static int is_gone(void *arg)
{
	int fd = *(const int *)arg;
	char byte;

	return atomic_load(&state.stopping) ||
	       recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static mhd_result send_response(struct MHD_Connection *connection,
				struct bench_profile_response *from)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		from->size, from->body, MHD_RESPMEM_MUST_FREE);
	mhd_result rc;
	size_t i;

	if (response == NULL) {
		bench_profile_response_release(from);
		return MHD_NO;
	}
	from->body = NULL; /* the response's */
	for (i = 0; i < from->header_count; i++)
		MHD_add_response_header(response, from->header[i].name,
					from->header[i].value);
	/* The next request would need a deadline of its own. */
	MHD_add_response_header(response, "Connection", "close");
	rc = MHD_queue_response(connection, (unsigned)from->status, response);
	MHD_destroy_response(response);
	bench_profile_response_release(from);
	return rc;
}

static mhd_result answer(struct MHD_Connection *connection,
			 struct bench_profile_request *request)
{
	struct bench_profile_response response;
	int fd = fd_of(connection);

	expect_no_more(fd);
	request->gone = is_gone;
	request->arg = &fd;
	/* The answer may take longer than a request may. */
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
				  0U);
	bench_profile_handle(request, &response);
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
				  (unsigned)READ_SECONDS);
	return send_response(connection, &response);
}

/* The first that is known of a request: its URI, not decoded. */
static void *on_uri(void *arg, const char *uri,
		    struct MHD_Connection *connection)
{
	struct incoming *incoming = calloc(1, sizeof(*incoming));
	const char *query = strchr(uri, '?');

	(void)arg;
	(void)connection;
	if (incoming != NULL && query != NULL)
		incoming->query = strdup(query + 1);
	return incoming;
}

/* libmicrohttpd's CONTEXT is ours to set; a body comes in pieces, and at the end
 * one without size. */
static mhd_result on_request(void *arg, struct MHD_Connection *connection,
			     const char *url, const char *method,
			     const char *version, const char *upload,
			     size_t *upload_size, void **context)
{
	struct incoming *incoming = *context;
	struct bench_profile_request request = {.method = method, .path = url};

	(void)arg;
	(void)version;
	if (incoming == NULL)
		return MHD_NO;
	if (*upload_size > 0) {
		if (incoming->body.len + *upload_size > MOST_BODY ||
		    bi_buf_add(&incoming->body, upload, *upload_size) < 0)
			return MHD_NO;
		*upload_size = 0;
		return MHD_YES;
	}
	request.query = incoming->query;
	request.body = incoming->body.data;
	request.body_size = incoming->body.len;
	return answer(connection, &request);
}

static void on_completed(void *arg, struct MHD_Connection *connection,
			 void **context, enum MHD_RequestTerminationCode why)
{
	struct incoming *incoming = *context;

	(void)arg;
	(void)connection;
	(void)why;
	if (incoming == NULL)
		return;
	free(incoming->query);
	bi_buf_release(&incoming->body);
	free(incoming);
	*context = NULL;
}

/* ---- Addresses ---- */

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static int parse_port(const char *text, in_port_t *port)
{
	int64_t value;

	if (text[0] < '0' || text[0] > '9' ||
	    bi_integer_parse(text, strlen(text), &value) < 0 || value > 65535)
		return BENCH_EINPUT;
	*port = htons((uint16_t)value);
	return 0;
}

static int parse_host(const char *host, size_t len, in_port_t port,
		      union address *out)
{
	char name[INET6_ADDRSTRLEN];
	bool bracketed = len >= 2 && host[0] == '[' && host[len - 1] == ']';

	if (len == 0 || (len == 9 && memcmp(host, "localhost", len) == 0)) {
		host = "127.0.0.1";
		len = strlen(host);
	}
	host += bracketed;
	len -= bracketed ? 2 : 0;
	if (len >= sizeof(name))
		return BENCH_EINPUT;
	memcpy(name, host, len);
	name[len] = '\0';
	*out = (union address){0};
	if (bracketed) {
		out->v6.sin6_family = AF_INET6;
		out->v6.sin6_port = port;
		return inet_pton(AF_INET6, name, &out->v6.sin6_addr) == 1
			       ? 0
			       : BENCH_EINPUT;
	}
	out->v4.sin_family = AF_INET;
	out->v4.sin_port = port;
	return inet_pton(AF_INET, name, &out->v4.sin_addr) == 1 ? 0
								: BENCH_EINPUT;
}

static int parse_address(const char *text, union address *out,
			 struct bench_error *err)
{
	const char *colon = strrchr(text, ':');
	in_port_t port;

	if (colon == NULL || parse_port(colon + 1, &port) < 0 ||
	    parse_host(text, (size_t)(colon - text), port, out) < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "'%s' is not a numeric address:port", text);
	return 0;
}

static socklen_t size_of(const union address *address)
{
	return address->any.sa_family == AF_INET6 ? sizeof(address->v6)
						  : sizeof(address->v4);
}

/* A socket that listens at ADDRESS (TEXT), whose port is then the real one. */
static int listen_at(union address *address, const char *text,
		     struct bench_error *err)
{
	int fd = socket(address->any.sa_family,
			SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	socklen_t size = size_of(address);
	const int yes = 1;

	if (fd < 0)
		return bi_error_errno(err, "cannot serve", text);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, &address->any, size) < 0 || listen(fd, BACKLOG) < 0 ||
	    getsockname(fd, &address->any, &size) < 0) {
		bi_error_errno(err, "cannot serve", text);
		close(fd);
		return BENCH_EIO;
	}
	return fd;
}

/* ---- Start and stop ---- */

static void start_kinds(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		state.started[i] = bench_profile_start(kinds[i], 0, NULL) == 0;
}

static void stop_kinds(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (state.started[i])
			bench_profile_stop(kinds[i], NULL, NULL);
}

/* The sockets are the parent's. */
static void in_child(void)
{
	const union MHD_DaemonInfo *info;

	pthread_mutex_init(&state.lock, NULL);
	pthread_mutex_init(&state.reading_lock, NULL);
	if (state.daemon == NULL)
		return;
	info = MHD_get_daemon_info(state.daemon, MHD_DAEMON_INFO_LISTEN_FD);
	if (info != NULL)
		close(info->listen_fd);
	state.daemon = NULL;
}

static void watch_forks(void)
{
	pthread_atfork(NULL, NULL, in_child);
}

static struct MHD_Daemon *start_daemon(int fd)
{
	return MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_POLL | MHD_USE_ITC,
		0, NULL, NULL, on_request, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_SIZE,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)READ_SECONDS,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, NULL,
		MHD_OPTION_END);
}

/* Both with all signals blocked, which their threads inherit. */
static int start_threads(int fd, struct bench_error *err)
{
	sigset_t all, before;
	int i, rc = 0;

	for (i = 0; i < CONNECTIONS; i++)
		state.reading[i].fd = -1;
	atomic_store(&state.stopping, false);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	state.daemon = start_daemon(fd);
	if (state.daemon == NULL) {
		close(fd);
		rc = bi_error_set(err, BENCH_EIO, "cannot start the server");
	} else if (pthread_create(&state.watch, NULL, watch, NULL) != 0) {
		MHD_stop_daemon(state.daemon);
		state.daemon = NULL;
		rc = bi_error_nomem(err);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static int serve_locked(const char *text, struct bench_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	union address address;
	int fd, rc;

	if (state.daemon != NULL)
		return bi_error_set(err, BENCH_EBUSY, "served already");
	rc = parse_address(text, &address, err);
	if (rc < 0)
		return rc;
	fd = listen_at(&address, text, err);
	if (fd < 0)
		return fd;
	rc = start_threads(fd, err);
	if (rc < 0)
		return rc;
	pthread_once(&once, watch_forks);
	start_kinds();
	/* At the same place in both. */
	return ntohs(address.v4.sin_port);
}

int bench_profile_serve(const char *address, struct bench_error *err)
{
	int rc;

	pthread_mutex_lock(&state.lock);
	rc = serve_locked(address, err);
	pthread_mutex_unlock(&state.lock);
	return rc;
}

void bench_profile_serve_stop(void)
{
	pthread_mutex_lock(&state.lock);
	if (state.daemon != NULL) {
		atomic_store(&state.stopping, true);
		MHD_stop_daemon(state.daemon);
		state.daemon = NULL;
		pthread_join(state.watch, NULL);
		stop_kinds();
	}
	pthread_mutex_unlock(&state.lock);
}
