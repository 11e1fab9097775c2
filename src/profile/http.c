/* The pages of /debug/pprof/: a request in, a response out.
 *
 * What is asked for and what is answered, headers and texts of errors, is what
 * Go's net/http/pprof does (Go 1.19), because pprof and many other programs know
 * it.  There are three exceptions: methods that make no sense are refused,
 * lengths and times have limits, and a kind that is not started records while
 * somebody waits for it. */
#include <benchkit/profile_http.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/integer.h"
#include "clock/clock.h"
#include "profile/kind.h"
#include "profile/page.h"
#include "profile/query.h"

#define ROOT "/debug/pprof/"

#define PLAIN "text/plain; charset=utf-8"
#define BINARY "application/octet-stream"

/* Of a CPU profile, as Go's. */
#define DEFAULT_SECONDS 30

/* Nobody waits longer on purpose; and a forgotten request ends one day. */
#define MOST_SECONDS 3600

/* Of a request's body: some hundred addresses. */
#define MOST_BODY ((size_t)8192)

/* How often somebody who waits looks whether he should. */
#define LOOK_NS INT64_C(100000000)

#define NS_PER_SEC INT64_C(1000000000)

struct exchange {
	const struct bench_profile_request *request;
	struct bench_profile_response *response;
	struct bi_buf body;
};

static bool is_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* ---- Responses ---- */

static void add_header(struct exchange *x, const char *name, const char *value)
{
	struct bench_profile_response *response = x->response;

	response->header[response->header_count].name = name;
	response->header[response->header_count++].value = value;
}

/* The headers of every answer; FILENAME (or NULL) is what a browser saves it
 * as. */
static void begin(struct exchange *x, int status, const char *type,
		  const char *filename)
{
	struct bench_profile_response *response = x->response;

	response->status = status;
	response->header_count = 0;
	add_header(x, "X-Content-Type-Options", "nosniff");
	add_header(x, "Content-Type", type);
	if (filename != NULL)
		add_header(x, "Content-Disposition", filename);
}

/* The answer is an error, whatever it was until now. */
static void fail(struct exchange *x, int status, const char *text)
{
	bi_buf_reset(&x->body);
	begin(x, status, PLAIN, NULL);
	add_header(x, "X-Go-Pprof", "1");
	if (bi_buf_addf(&x->body, "%s\n", text) < 0)
		bi_buf_reset(&x->body);
}

/* What a browser saves NAME's profile as; NULL without memory for it. */
static const char *disposition(struct exchange *x, const char *name,
			       const char *suffix)
{
	struct bi_buf text = BI_BUF_INIT;

	if (bi_buf_addf(&text, "attachment; filename=\"%s%s\"", name, suffix) <
	    0)
		return NULL;
	free(x->response->text);
	x->response->text = bi_buf_detach(&text);
	return x->response->text;
}

/* ---- Waiting ---- */

static bool is_gone(const struct bench_profile_request *request)
{
	return request->gone != NULL && request->gone(request->arg) != 0;
}

/* Let SECONDS pass; false if nobody wants the answer any more. */
static bool wait_for(const struct exchange *x, int64_t seconds)
{
	struct bi_instant began = bi_clock_now();
	int64_t left;

	while (!is_gone(x->request)) {
		struct timespec step = {0};

		left = seconds * NS_PER_SEC - bi_clock_since(began);
		if (left <= 0)
			return true;
		step.tv_nsec = left < LOOK_NS ? left : LOOK_NS;
		clock_nanosleep(CLOCK_MONOTONIC, 0, &step, NULL);
	}
	return false;
}

static bool is_too_long(struct exchange *x, int64_t seconds)
{
	if (seconds <= MOST_SECONDS)
		return false;
	fail(x, 400, "profile duration exceeds server's WriteTimeout");
	return true;
}

/* ---- profile ---- */

static int add_to_body(void *arg, const void *data, size_t size)
{
	return bi_buf_add(arg, data, size);
}

static void serve_cpu(struct exchange *x)
{
	const struct bench_profile_output output = {
		.sink = add_to_body,
		.arg = &x->body,
	};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT;
	int64_t seconds;

	if (bi_query_integer(x->request->query, "seconds", &seconds) != 1 ||
	    seconds <= 0)
		seconds = DEFAULT_SECONDS;
	if (is_too_long(x, seconds))
		return;
	if (bench_profile_start("cpu", 0, &err) < 0) {
		bi_buf_addf(&text, "Could not enable CPU profiling: %s",
			    err.text);
		fail(x, 500, bi_buf_str(&text));
		bi_buf_release(&text);
		return;
	}
	if (!wait_for(x, seconds)) {
		bench_profile_stop("cpu", NULL, NULL);
		fail(x, 500, "context canceled");
		return;
	}
	begin(x, 200, BINARY, disposition(x, "profile", ""));
	if (bench_profile_stop("cpu", &output, &err) < 0)
		fail(x, 500, err.text);
}

/* ---- Kinds by name ---- */

static const struct bi_kind *kind_of(const char *name)
{
	const struct bi_kind *kind;
	size_t i;

	for (i = 0; (kind = bi_kind_at(i)) != NULL; i++) {
		const char *own = bi_page_name(kind);

		if (own != NULL && is_text(own, name))
			return kind;
	}
	return NULL;
}

/* An integer parameter as Go reads it: what is none is 0. */
static int64_t integer_of(const struct exchange *x, const char *key)
{
	int64_t value;
	int rc = bi_query_integer(x->request->query, key, &value);

	return rc == 1 || rc == BENCH_ERANGE ? value : 0;
}

/* Memory that is free in the program goes back to where it came from: under
 * Boehm's collector by a collection. */
static void collect_garbage(void)
{
	union {
		void *object;
		void (*function)(void);
	} collect = {dlsym(RTLD_DEFAULT, "GC_gcollect")};

	if (collect.object != NULL)
		collect.function();
	else
		malloc_trim(0);
}

static void serve_now(struct exchange *x, const struct bi_kind *kind,
		      const char *name)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	int64_t debug = integer_of(x, "debug");
	enum bench_profile_format format = BENCH_PROFILE_PROTO;
	int rc;

	if (is_text(name, "heap") && integer_of(x, "gc") > 0)
		collect_garbage();
	if (debug != 0)
		format = debug >= 2 ? BENCH_PROFILE_STACKS : BENCH_PROFILE_TEXT;
	if (debug != 0)
		begin(x, 200, PLAIN, NULL);
	else
		begin(x, 200, BINARY, disposition(x, name, ""));
	rc = bi_kind_need(kind, &err);
	if (rc == 0) {
		rc = bi_kind_collect(kind, &profile, &err);
		bi_kind_done(kind);
	}
	if (rc == 0)
		rc = bi_kind_format(kind, &profile, format, &x->body, &err);
	if (rc < 0)
		fail(x, 500, err.text);
	bi_profile_release(&profile);
}

static int64_t now_since_1970(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * NS_PER_SEC + now.tv_nsec;
}

/* What KIND has recorded since BEFORE, which is as old as BEGAN. */
static int collect_since(const struct bi_kind *kind,
			 const struct bi_profile *before,
			 struct bi_instant began, struct bi_profile *out)
{
	int rc = bi_kind_sample(kind, out, NULL);

	out->duration_ns = bi_clock_since(began);
	out->time_ns = now_since_1970();
	if (rc == 0)
		rc = bi_profile_subtract(out, before);
	return rc == 0 ? bi_kind_resolve(out, NULL) : rc;
}

/* KIND records meanwhile. */
static void serve_since(struct exchange *x, const struct bi_kind *kind,
			const char *name, int64_t seconds)
{
	struct bi_profile before = BI_PROFILE_INIT, after = BI_PROFILE_INIT;
	struct bi_instant began = bi_clock_now();

	if (bi_kind_sample(kind, &before, NULL) < 0)
		fail(x, 500, "failed to collect profile");
	else if (!wait_for(x, seconds))
		fail(x, 500, "context canceled");
	else if (collect_since(kind, &before, began, &after) < 0)
		fail(x, 500, "failed to compute delta");
	else if (bi_kind_format(kind, &after, BENCH_PROFILE_PROTO, &x->body,
				NULL) < 0)
		fail(x, 500, "failed to write profile");
	else
		begin(x, 200, BINARY, disposition(x, name, "-delta"));
	bi_profile_release(&before);
	bi_profile_release(&after);
}

static void serve_delta(struct exchange *x, const struct bi_kind *kind,
			const char *name)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int64_t seconds = 0;

	if (bi_query_integer(x->request->query, "seconds", &seconds) != 1 ||
	    seconds <= 0) {
		fail(x, 400,
		     "invalid value for \"seconds\" - must be a positive "
		     "integer");
		return;
	}
	if (is_too_long(x, seconds))
		return;
	if (integer_of(x, "debug") != 0) {
		fail(x, 400, "seconds and debug params are incompatible");
		return;
	}
	if (bi_kind_need(kind, &err) < 0) {
		fail(x, 500, err.text);
		return;
	}
	serve_since(x, kind, name, seconds);
	bi_kind_done(kind);
}

static void serve_kind(struct exchange *x, const char *name)
{
	const struct bi_kind *kind = kind_of(name);
	int64_t seconds;

	if (kind == NULL)
		fail(x, 404, "Unknown profile");
	else if (bi_query_integer(x->request->query, "seconds", &seconds) == 0)
		serve_now(x, kind, name);
	else
		serve_delta(x, kind, name);
}

/* ---- cmdline ---- */

static void serve_cmdline(struct exchange *x)
{
	int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	char chunk[4096];
	ssize_t n = -1;
	int rc = 0;

	begin(x, 200, PLAIN, NULL);
	while (fd >= 0 && rc == 0 && (n = read(fd, chunk, sizeof(chunk))) > 0)
		rc = bi_buf_add(&x->body, chunk, (size_t)n);
	if (n < 0 || rc < 0)
		fail(x, 500, "cannot read /proc/self/cmdline");
	else if (x->body.len > 0)
		x->body.len--;
	if (fd >= 0)
		close(fd);
}

/* ---- symbol ---- */

/* LEN bytes at TEXT as an address, in C's notations; 0 if they are none. */
static uintptr_t address_of(const char *text, size_t len)
{
	uintptr_t value = 0;
	int base = 10;
	size_t i = 0;

	if (len > 0 && text[0] == '0') {
		base = len > 1 && (text[1] | 0x20) == 'x' ? 16 : 8;
		i = base == 16 ? 2 : 1;
	}
	for (; i < len; i++) {
		int digit = bi_integer_digit(text[i]);

		if (digit < 0 || digit >= base ||
		    __builtin_mul_overflow(value, (uintptr_t)base, &value) ||
		    __builtin_add_overflow(value, (uintptr_t)digit, &value))
			return 0;
	}
	return value;
}

/* The addresses in TEXT, "0x1+0x2", to PCS; returns how many there are. */
static size_t split(const char *text, size_t size, uintptr_t *pcs)
{
	const char *end = text + size;
	size_t count = 0;

	while (text < end) {
		const char *plus = memchr(text, '+', (size_t)(end - text));
		size_t len = (size_t)((plus == NULL ? end : plus) - text);

		pcs[count] = address_of(text, len);
		count += pcs[count] != 0;
		text += len + (plus != NULL);
	}
	return count;
}

/* The function at PC, not what is inlined there. */
static int add_symbol(struct exchange *x, const struct bi_profile *profile,
		      uintptr_t pc)
{
	const struct bi_location *location = bi_profile_location(profile, pc);

	if (location == NULL || location->line_count == 0)
		return 0;
	return bi_buf_addf(&x->body, "%#jx %s\n", (uintmax_t)pc,
			   location->lines[location->line_count - 1].function);
}

static int add_symbols(struct exchange *x, const char *text, size_t size)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	/* An address is a digit and a "+" at the least. */
	uintptr_t *pcs = calloc(size / 2 + 1, sizeof(*pcs));
	struct bi_sample sample = {.pcs = pcs, .value = {1}};
	size_t i;
	int rc = pcs == NULL ? BENCH_ENOMEM : 0;

	if (rc == 0)
		sample.depth = split(text, size, pcs);
	if (sample.depth > 0) {
		rc = bi_profile_add(&profile, &sample);
		if (rc == 0)
			rc = bi_kind_resolve(&profile, NULL);
	}
	for (i = 0; rc == 0 && i < sample.depth; i++)
		rc = add_symbol(x, &profile, pcs[i]);
	free(pcs);
	bi_profile_release(&profile);
	return rc;
}

static void serve_symbol(struct exchange *x)
{
	const struct bench_profile_request *request = x->request;
	const char *text = request->query == NULL ? "" : request->query;
	size_t size = strlen(text);

	if (is_text(request->method, "POST")) {
		text = request->body == NULL ? "" : request->body;
		size = request->body == NULL ? 0 : request->body_size;
	}
	if (size > MOST_BODY) {
		fail(x, 413, "Request Entity Too Large");
		return;
	}
	begin(x, 200, PLAIN, NULL);
	/* Not how many: that there are any. */
	if (bi_buf_adds(&x->body, "num_symbols: 1\n") < 0 ||
	    add_symbols(x, text, size) < 0)
		fail(x, 500, "cannot find names");
}

/* ---- All of them ---- */

static void serve_index(struct exchange *x)
{
	begin(x, 200, "text/html; charset=utf-8", NULL);
	if (bi_page_write(&x->body) < 0)
		fail(x, 500, "no memory");
}

static bool is_allowed(struct exchange *x, const char *name)
{
	const char *method = x->request->method;
	bool symbol = is_text(name, "symbol");

	if (is_text(method, "GET") || is_text(method, "HEAD") ||
	    (symbol && is_text(method, "POST")))
		return true;
	fail(x, 405, "Method Not Allowed");
	add_header(x, "Allow", symbol ? "GET, HEAD, POST" : "GET, HEAD");
	return false;
}

static void serve(struct exchange *x, const char *name)
{
	if (!is_allowed(x, name))
		return;
	if (is_text(name, ""))
		serve_index(x);
	else if (is_text(name, "cmdline"))
		serve_cmdline(x);
	else if (is_text(name, "profile"))
		serve_cpu(x);
	else if (is_text(name, "symbol"))
		serve_symbol(x);
	else
		serve_kind(x, name);
}

void bench_profile_handle(const struct bench_profile_request *request,
			  struct bench_profile_response *response)
{
	struct exchange x = {.request = request, .response = response};
	const size_t root = sizeof(ROOT) - 1;

	*response = (struct bench_profile_response){.status = 500};
	if (strncmp(request->path, ROOT, root) == 0) {
		serve(&x, request->path + root);
	} else if (strncmp(request->path, ROOT, root - 1) == 0 &&
		   request->path[root - 1] == '\0') {
		fail(&x, 301, "Moved Permanently");
		add_header(&x, "Location", ROOT);
	} else {
		fail(&x, 404, "404 page not found");
	}
	response->size = x.body.len;
	response->body = bi_buf_detach(&x.body);
}

void bench_profile_response_release(struct bench_profile_response *response)
{
	free(response->body);
	free(response->text);
	*response = (struct bench_profile_response){0};
}
