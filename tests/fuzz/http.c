/* Any bytes at all as a request for the pages of /debug/pprof/: lines are the
 * method, the path, and the query; the rest is the body.  Nobody waits for the
 * answer, which is complete and of a kind that a server can send. */
#include <stdlib.h>
#include <string.h>

#include <benchkit/profile_http.h>

#include "fuzz/target.h"

static int is_gone(void *nothing)
{
	(void)nothing;
	return 1;
}

/* The line at *TEXT, ended by a NUL there; *TEXT moves behind it. */
static const char *line(char **text, char *end)
{
	char *begin = *text;
	char *stop = memchr(begin, '\n', (size_t)(end - begin));

	if (stop == NULL)
		stop = end;
	*stop = '\0';
	*text = stop < end ? stop + 1 : end;
	return begin;
}

static void check(const struct bench_profile_response *response)
{
	size_t i;

	switch (response->status) {
	case 200:
	case 301:
	case 400:
	case 404:
	case 405:
	case 413:
	case 500:
		break;
	default:
		abort();
	}
	if (response->size > 0 && response->body == NULL)
		abort();
	if (response->header_count == 0 ||
	    response->header_count > BENCH_PROFILE_HEADERS)
		abort();
	for (i = 0; i < response->header_count; i++)
		if (strpbrk(response->header[i].value, "\r\n") != NULL)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bench_profile_request request = {.gone = is_gone};
	struct bench_profile_response response;
	char *copy = malloc(size + 1), *text = copy, *end = copy + size;

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	request.method = line(&text, end);
	request.path = line(&text, end);
	request.query = line(&text, end);
	request.body = text;
	request.body_size = (size_t)(end - text);
	bench_profile_handle(&request, &response);
	check(&response);
	bench_profile_response_release(&response);
	free(copy);
	return 0;
}
