/* src/profile/http.c, page.c: requests and what is answered.  Kinds are taken
 * from the table, so that every one that there is is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <benchkit/profile.h>
#include <benchkit/profile_http.h>

#include "profile/kind.h"
#include "profile/page.h"

#define ROOT "/debug/pprof/"

/* Waiting is over at the first look, unless it has looked LOOKS times. */
static int look(void *arg)
{
	int *looks = arg;

	return (*looks)-- <= 0;
}

static struct bench_profile_response ask(const char *method, const char *path,
					 const char *query)
{
	struct bench_profile_request request = {
		.method = method,
		.path = path,
		.query = query,
	};
	struct bench_profile_response response;

	bench_profile_handle(&request, &response);
	return response;
}

/* NULL: it has no such header. */
static const char *header(const struct bench_profile_response *response,
			  const char *name)
{
	size_t i;

	for (i = 0; i < response->header_count; i++)
		if (strcmp(response->header[i].name, name) == 0)
			return response->header[i].value;
	return NULL;
}

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_header(const struct bench_profile_response *response,
			 const char *name, const char *want)
{
	const char *got = header(response, name);

	if (!same(got, want))
		fail_msg("%s: '%s', want '%s'", name, got, want);
}

static void check_type(const struct bench_profile_response *response,
		       const char *type, const char *filename)
{
	char want[64];

	check_header(response, "X-Content-Type-Options", "nosniff");
	check_header(response, "Content-Type", type);
	check_header(response, "X-Go-Pprof", NULL);
	snprintf(want, sizeof(want), "attachment; filename=\"%s\"", filename);
	check_header(response, "Content-Disposition",
		     filename == NULL ? NULL : want);
}

/* An error's status, headers and text. */
static void check_error(const char *method, const char *path,
			const char *query, int status, const char *text)
{
	struct bench_profile_response response = ask(method, path, query);

	if (response.status != status ||
	    !same(response.body, text))
		fail_msg("%s %s?%s: %d '%s', want %d '%s'", method, path, query,
			 response.status, response.body, status, text);
	assert_int_equal(response.size, strlen(text));
	check_header(&response, "X-Content-Type-Options", "nosniff");
	check_header(&response, "Content-Type", "text/plain; charset=utf-8");
	check_header(&response, "X-Go-Pprof", "1");
	check_header(&response, "Content-Disposition", NULL);
	bench_profile_response_release(&response);
}

static void check_gzip(const struct bench_profile_response *response)
{
	assert_int_equal(response->status, 200);
	assert_true(response->size > 20);
	assert_memory_equal(response->body, "\x1f\x8b", 2);
}

/* The names that kinds have here, one after the other; NULL at the end. */
static const char *name_at(size_t *index)
{
	const struct bi_kind *kind;
	const char *name = NULL;

	while (name == NULL && (kind = bi_kind_at((*index)++)) != NULL)
		name = bi_page_name(kind);
	return name;
}

/* ROOT NAME; one at a time. */
static const char *path_of(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), ROOT "%s", name);
	return path;
}

static void the_page_has_a_link_to_each(void **state)
{
	struct bench_profile_response response = ask("GET", ROOT, NULL);
	const char *name;
	char link[64];
	size_t i = 0;

	(void)state;
	assert_int_equal(response.status, 200);
	check_type(&response, "text/html; charset=utf-8", NULL);
	assert_non_null(strstr(response.body, "<a href=\"cmdline\">"));
	assert_non_null(strstr(response.body, "<a href=\"profile\">"));
	assert_null(strstr(response.body, "trace"));
	assert_null(strstr(response.body, "\"cpu"));
	while ((name = name_at(&i)) != NULL) {
		snprintf(link, sizeof(link), "<a href=\"%s?debug=1\">%s</a>",
			 name, name);
		if (strstr(response.body, link) == NULL)
			fail_msg("no %s in %s", link, response.body);
	}
	assert_true((strstr(response.body, "goroutine?debug=2") != NULL) ==
		    (bi_kind_find("threads") != NULL));
	bench_profile_response_release(&response);
}

static void what_there_is_not_is_not_found(void **state)
{
	(void)state;
	check_error("GET", ROOT "nonsense", NULL, 404, "Unknown profile\n");
	check_error("GET", ROOT "trace", NULL, 404, "Unknown profile\n");
	check_error("GET", ROOT "cpu", NULL, 404, "Unknown profile\n");
	check_error("GET", ROOT "threads", NULL, 404, "Unknown profile\n");
	check_error("GET", ROOT "profile/", NULL, 404, "Unknown profile\n");
	check_error("GET", ROOT "x", "seconds=0", 404, "Unknown profile\n");
	check_error("GET", "/", NULL, 404, "404 page not found\n");
	check_error("GET", "", NULL, 404, "404 page not found\n");
	check_error("GET", "/debug/pprofx", NULL, 404,
		    "404 page not found\n");
}

static void without_the_slash_it_is_elsewhere(void **state)
{
	struct bench_profile_response response =
		ask("GET", "/debug/pprof", NULL);

	(void)state;
	assert_int_equal(response.status, 301);
	check_header(&response, "Location", ROOT);
	bench_profile_response_release(&response);
}

static void only_sensible_methods_are_allowed(void **state)
{
	struct bench_profile_response response;

	(void)state;
	check_error("POST", ROOT, NULL, 405, "Method Not Allowed\n");
	check_error("DELETE", ROOT "profile", NULL, 405,
		    "Method Not Allowed\n");
	check_error("get", ROOT "cmdline", NULL, 405, "Method Not Allowed\n");
	response = ask("PUT", ROOT "symbol", NULL);
	check_header(&response, "Allow", "GET, HEAD, POST");
	bench_profile_response_release(&response);
	response = ask("POST", ROOT "cmdline", NULL);
	check_header(&response, "Allow", "GET, HEAD");
	bench_profile_response_release(&response);
	response = ask("HEAD", ROOT "cmdline", NULL);
	assert_int_equal(response.status, 200);
	bench_profile_response_release(&response);
}

static void cmdline_is_the_arguments(void **state)
{
	struct bench_profile_response response =
		ask("GET", ROOT "cmdline", NULL);
	const char *program = "profile_http_test";

	(void)state;
	assert_int_equal(response.status, 200);
	check_type(&response, "text/plain; charset=utf-8", NULL);
	assert_true(response.size >= strlen(program));
	assert_string_equal(response.body + response.size - strlen(program),
			    program);
	bench_profile_response_release(&response);
}

static void every_kind_is_served(void **state)
{
	struct bench_profile_response response;
	const char *name;
	size_t i = 0;

	(void)state;
	while ((name = name_at(&i)) != NULL) {
		response = ask("GET", path_of(name), NULL);
		check_gzip(&response);
		check_type(&response, "application/octet-stream", name);
		bench_profile_response_release(&response);
		response = ask("GET", path_of(name), "debug=1&gc=1");
		assert_int_equal(response.status, 200);
		check_type(&response, "text/plain; charset=utf-8", NULL);
		assert_true(response.size > 0);
		bench_profile_response_release(&response);
		response = ask("GET", path_of(name),
			       "debug=99999999999999999999");
		check_type(&response, "text/plain; charset=utf-8", NULL);
		bench_profile_response_release(&response);
		response = ask("GET", path_of(name), "debug=x&seconds=");
		check_gzip(&response);
		bench_profile_response_release(&response);
	}
}

static void wrong_deltas_are_refused(void **state)
{
	static const char bad[] = "invalid value for \"seconds\" - must be a "
				  "positive integer\n";
	const char *name;
	size_t i = 0;

	(void)state;
	while ((name = name_at(&i)) != NULL) {
		const char *path = path_of(name);

		check_error("GET", path, "seconds=0", 400, bad);
		check_error("GET", path, "seconds=-1", 400, bad);
		check_error("GET", path, "seconds=x", 400, bad);
		check_error("GET", path, "seconds=1.5", 400, bad);
		check_error("GET", path, "seconds=99999999999999999999", 400,
			    bad);
		check_error("GET", path, "seconds=0&debug=1", 400, bad);
		check_error("GET", path, "seconds=1&debug=1", 400,
			    "seconds and debug params are incompatible\n");
		check_error("GET", path, "seconds=3601", 400,
			    "profile duration exceeds server's "
			    "WriteTimeout\n");
	}
}

static void a_delta_takes_its_seconds(void **state)
{
	size_t i = 0;
	const char *name = name_at(&i);
	struct bench_profile_response response;
	char filename[64];

	(void)state;
	if (name == NULL)
		skip();
	response = ask("GET", path_of(name), "seconds=1");
	check_gzip(&response);
	snprintf(filename, sizeof(filename), "%s-delta", name);
	check_type(&response, "application/octet-stream", filename);
	bench_profile_response_release(&response);
}

static void check_cancelled(const char *path)
{
	int looks = 1;
	struct bench_profile_request request = {
		.method = "GET",
		.path = path,
		.query = "seconds=600",
		.gone = look,
		.arg = &looks,
	};
	struct bench_profile_response response;

	bench_profile_handle(&request, &response);
	assert_int_equal(response.status, 500);
	assert_string_equal(response.body, "context canceled\n");
	bench_profile_response_release(&response);
}

static void who_goes_ends_the_wait(void **state)
{
	const char *name;
	size_t i = 0;

	(void)state;
	check_cancelled(ROOT "profile");
	while ((name = name_at(&i)) != NULL)
		check_cancelled(path_of(name));
	/* And nothing still records. */
	for (i = 0; (name = bench_profile_kind(i)) != NULL; i++)
		if (bi_kind_at(i)->start != NULL)
			assert_int_equal(bench_profile_stop(name, NULL, NULL),
					 BENCH_EINPUT);
}

static void profile_is_the_cpu(void **state)
{
	struct bench_profile_response response =
		ask("GET", ROOT "profile", "seconds=1");

	(void)state;
	check_gzip(&response);
	check_type(&response, "application/octet-stream", "profile");
	bench_profile_response_release(&response);
}

static void there_is_one_cpu_profile_at_a_time(void **state)
{
	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	check_error("GET", ROOT "profile", "seconds=1", 500,
		    "Could not enable CPU profiling: cpu profiling already in "
		    "use\n");
	check_error("GET", ROOT "profile", "seconds=x", 500,
		    "Could not enable CPU profiling: cpu profiling already in "
		    "use\n");
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
	check_error("GET", ROOT "profile", "seconds=3601", 400,
		    "profile duration exceeds server's WriteTimeout\n");
}

/* By GET and by POST. */
static void check_symbols(const char *addresses, const char *want)
{
	struct bench_profile_request request = {
		.method = "POST",
		.path = ROOT "symbol",
		.query = "0x1",
		.body = addresses,
		.body_size = strlen(addresses),
	};
	struct bench_profile_response got, posted;

	got = ask("GET", ROOT "symbol", addresses);
	bench_profile_handle(&request, &posted);
	if (!same(got.body, want) || !same(posted.body, want))
		fail_msg("'%s': '%s' '%s', want '%s'", addresses, got.body,
			 posted.body, want);
	assert_int_equal(got.status, 200);
	check_type(&got, "text/plain; charset=utf-8", NULL);
	bench_profile_response_release(&got);
	bench_profile_response_release(&posted);
}

static void addresses_have_names(void **state)
{
	unsigned long here = (unsigned long)(uintptr_t)check_symbols;
	char addresses[256], want[256];

	(void)state;
	check_symbols("", "num_symbols: 1\n");
	check_symbols("0x1", "num_symbols: 1\n");
	check_symbols("+0+x+0x+09+0xffffffffffffffffff", "num_symbols: 1\n");
	snprintf(addresses, sizeof(addresses), "0x1+%#lx+%lu+0%lo", here, here,
		 here);
	snprintf(want, sizeof(want),
		 "num_symbols: 1\n%#lx check_symbols\n%#lx check_symbols\n"
		 "%#lx check_symbols\n",
		 here, here, here);
	check_symbols(addresses, want);
}

static void too_many_addresses_are_refused(void **state)
{
	char *many = calloc(1, 8194);

	(void)state;
	assert_non_null(many);
	memset(many, '1', 8192);
	check_symbols(many, "num_symbols: 1\n");
	many[8192] = '1';
	check_error("GET", ROOT "symbol", many, 413,
		    "Request Entity Too Large\n");
	free(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_has_a_link_to_each),
		cmocka_unit_test(what_there_is_not_is_not_found),
		cmocka_unit_test(without_the_slash_it_is_elsewhere),
		cmocka_unit_test(only_sensible_methods_are_allowed),
		cmocka_unit_test(cmdline_is_the_arguments),
		cmocka_unit_test(every_kind_is_served),
		cmocka_unit_test(wrong_deltas_are_refused),
		cmocka_unit_test(a_delta_takes_its_seconds),
		cmocka_unit_test(who_goes_ends_the_wait),
		cmocka_unit_test(profile_is_the_cpu),
		cmocka_unit_test(there_is_one_cpu_profile_at_a_time),
		cmocka_unit_test(addresses_have_names),
		cmocka_unit_test(too_many_addresses_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
