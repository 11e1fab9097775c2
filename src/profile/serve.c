/* The server: libmicrohttpd carries requests to http.c and its answers back.
 *
 * A thread for each connection, because an answer may take as long as somebody
 * wants to look.  One more, the porter, lets connections in, and does two things
 * that libmicrohttpd does not: it lets those above the limit wait instead of
 * closing them, and it cuts those whose request does not come in time, also when
 * a byte comes now and then. */
#include <benchkit/profile_serve.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
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
#include "profile/hooks.h"

/* 0.9.71 made an enum of what was an int. */
#if MHD_VERSION >= 0x00097002
typedef enum MHD_Result mhd_result;
#else
typedef int mhd_result;
#endif

/* As the header says. */
enum { CONNECTIONS = 16, READ_SECONDS = 5, MOST_BODY = 8192 };

#define POOL_SIZE ((size_t)8192)

/* How often the porter looks at the time. */
enum { LOOK_MS = 250 };

/* So many may wait at the door. */
#define BACKLOG 1024

/* Cheap enough to be on as long as the server is. */
static const char *const kinds[] = {"heap", "allocs", "threadcreate"};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* A place for a connection. */
struct slot {
	int fd;       /* -1: it is free */
	bool reading; /* the request is not complete */
	struct bi_instant since;
};

static struct {
	pthread_mutex_t lock; /* of starting and stopping */
	struct MHD_Daemon *daemon;
	int listener;
	pthread_t porter;
	bool started[KINDS];
	atomic_bool stopping;

	pthread_mutex_t slot_lock;
	pthread_cond_t room; /* a slot has become free */
	struct slot slot[CONNECTIONS];
} state = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.slot_lock = PTHREAD_MUTEX_INITIALIZER,
	.room = PTHREAD_COND_INITIALIZER,
};

/* ---- Slots ---- */

/* The slot of FD, or, for -1, a free one; or NULL.  With the lock. */
static struct slot *find_slot(int fd)
{
	int i;

	for (i = 0; i < CONNECTIONS; i++)
		if (state.slot[i].fd == fd)
			return &state.slot[i];
	return NULL;
}

static void take_slot(int fd)
{
	struct slot *slot;

	pthread_mutex_lock(&state.slot_lock);
	slot = find_slot(-1);
	*slot = (struct slot){fd, true, bi_clock_now()};
	pthread_mutex_unlock(&state.slot_lock);
}

static void free_slot(int fd)
{
	struct slot *slot;

	pthread_mutex_lock(&state.slot_lock);
	slot = find_slot(fd);
	if (slot != NULL)
		slot->fd = -1;
	pthread_cond_signal(&state.room);
	pthread_mutex_unlock(&state.slot_lock);
}

static void has_read(int fd)
{
	struct slot *slot;

	pthread_mutex_lock(&state.slot_lock);
	slot = find_slot(fd);
	if (slot != NULL)
		slot->reading = false;
	pthread_mutex_unlock(&state.slot_lock);
}

/* Its thread sees the end, and closes it. */
static void cut_late(void)
{
	const int64_t limit = READ_SECONDS * INT64_C(1000000000);
	int i;

	pthread_mutex_lock(&state.slot_lock);
	for (i = 0; i < CONNECTIONS; i++) {
		struct slot *slot = &state.slot[i];

		if (slot->fd < 0 || !slot->reading ||
		    bi_clock_since(slot->since) < limit)
			continue;
		shutdown(slot->fd, SHUT_RDWR);
		slot->reading = false;
	}
	pthread_mutex_unlock(&state.slot_lock);
}

/* Is there a free slot?  Waits for one, but not long. */
static bool await_room(void)
{
	struct timespec until;
	bool room;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LOOK_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&state.slot_lock);
	room = find_slot(-1) != NULL;
	if (!room) {
		pthread_cond_timedwait(&state.room, &state.slot_lock, &until);
		room = find_slot(-1) != NULL;
	}
	pthread_mutex_unlock(&state.slot_lock);
	return room;
}

/* ---- The porter ---- */

static void let_in(void)
{
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	int fd = accept4(state.listener, (struct sockaddr *)&from, &size,
			 SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	take_slot(fd);
	/* Closes FD if it fails. */
	if (MHD_add_connection(state.daemon, fd, (struct sockaddr *)&from,
			       size) != MHD_YES)
		free_slot(fd);
}

/* This thread is the server's, and no part of the program's profiles. */
static void be_ours(void)
{
	if (&bench_profile_hooks != NULL)
		bench_profile_hooks.set_ours();
}

static void *keep_door(void *nothing)
{
	struct pollfd door = {.fd = state.listener, .events = POLLIN};

	be_ours();
	while (!atomic_load(&state.stopping)) {
		if (await_room() && poll(&door, 1, LOOK_MS) == 1)
			let_in();
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
	/* The server's thread, or the connection's. */
	be_ours();
	if (code == MHD_CONNECTION_NOTIFY_CLOSED)
		free_slot(fd_of(connection));
}

/* ---- Requests ---- */

/* What is known of a request while its body comes. */
struct incoming {
	bool begun;
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

	has_read(fd);
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
	be_ours();
	if (incoming != NULL && query != NULL)
		incoming->query = strdup(query + 1);
	return incoming;
}

/* Called first when the headers are there, then with the pieces of a body, at
 * last without one. */
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
	if (!incoming->begun) {
		incoming->begun = true;
		return MHD_YES;
	}
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
	pthread_mutex_init(&state.lock, NULL);
	pthread_mutex_init(&state.slot_lock, NULL);
	pthread_cond_init(&state.room, NULL);
	if (state.daemon == NULL)
		return;
	close(state.listener);
	state.daemon = NULL;
}

static void watch_forks(void)
{
	pthread_atfork(NULL, NULL, in_child);
}

/* Without limit of connections: there are as many as slots, and some that are
 * being closed. */
static struct MHD_Daemon *start_daemon(void)
{
	return MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_POLL | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET,
		0, NULL, NULL, on_request, NULL,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_SIZE,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)READ_SECONDS,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, NULL,
		MHD_OPTION_END);
}

/* With all signals blocked, which its threads inherit. */
static int start_threads(struct bench_error *err)
{
	sigset_t all, before;
	int i, rc = 0;

	for (i = 0; i < CONNECTIONS; i++)
		state.slot[i].fd = -1;
	atomic_store(&state.stopping, false);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	state.daemon = start_daemon();
	if (state.daemon == NULL) {
		rc = bi_error_set(err, BENCH_EIO, "cannot start the server");
	} else if (pthread_create(&state.porter, NULL, keep_door, NULL) != 0) {
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
	int rc;

	if (state.daemon != NULL)
		return bi_error_set(err, BENCH_EBUSY, "served already");
	rc = parse_address(text, &address, err);
	if (rc < 0)
		return rc;
	state.listener = listen_at(&address, text, err);
	if (state.listener < 0)
		return state.listener;
	rc = start_threads(err);
	if (rc < 0) {
		close(state.listener);
		return rc;
	}
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
		pthread_join(state.porter, NULL);
		MHD_stop_daemon(state.daemon);
		state.daemon = NULL;
		close(state.listener);
		stop_kinds();
	}
	pthread_mutex_unlock(&state.lock);
}
