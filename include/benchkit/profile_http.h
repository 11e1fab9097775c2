/* The pages of /debug/pprof/, for programs that have an HTTP server: requests in,
 * responses out, no socket.  For programs that have none, see
 * <benchkit/profile_serve.h>.
 *
 *	GET /debug/pprof/		a page with links to the others
 *	    profile?seconds=30		the CPU for so long
 *	    heap allocs block mutex threadcreate
 *					those kinds that are built in
 *	    goroutine			the kind threads, under Go's name
 *	    cmdline			the arguments, with NULs between them
 *	    symbol?0x401136+0x401200	names of addresses; also as POST
 *
 * Parameters, status codes and texts are those of Go's net/http/pprof, so that
 * `go tool pprof http://...` and all that is made for it works: debug=1 is text,
 * debug=2 each thread by itself, seconds=N what came in N seconds, gc=1 gives
 * free memory back first.
 *
 * A kind that is not started records while it is asked with seconds=N; without
 * seconds it is empty, as in Go.  For a heap since the program's beginning call
 * bench_profile_start("heap", 0, NULL) there. */
#ifndef BENCHKIT_PROFILE_HTTP_H
#define BENCHKIT_PROFILE_HTTP_H

#include <stddef.h>

#include <benchkit/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Plain data, read only during the call. */
struct bench_profile_request {
	const char *method; /* "GET", "HEAD", or "POST" for symbol */
	const char *path;   /* "/debug/pprof/heap", decoded, without query */
	const char *query;  /* what stands behind "?", as it came; or NULL */
	const void *body;   /* of a POST */
	size_t body_size;

	/* Asked ten times a second while the answer waits for seconds to pass;
	 * anything but 0 ends that: nobody wants it any more.  Or NULL. */
	int (*gone)(void *arg);
	void *arg; /* GONE's */
};

/* Enough for what the pages send. */
enum { BENCH_PROFILE_HEADERS = 6 };

/* All of it lives until the release. */
struct bench_profile_response {
	int status; /* 200, ... */
	struct {
		const char *name;
		const char *value;
	} header[BENCH_PROFILE_HEADERS]; /* without Content-Length */
	size_t header_count;
	char *body; /* SIZE bytes; a server leaves them out for HEAD */
	size_t size;
	char *text; /* that of headers which is not static; or NULL */
};

/* Answer REQUEST.  Takes as long as "seconds" says, at most an hour.  Release
 * RESPONSE.  Any number of threads. */
BENCH_API void bench_profile_handle(const struct bench_profile_request *request,
				    struct bench_profile_response *response);

BENCH_API void
bench_profile_response_release(struct bench_profile_response *response);

#ifdef __cplusplus
}
#endif

#endif
