/* A server for the pages of <benchkit/profile_http.h>, in any program:
 *
 *	bench_profile_serve("127.0.0.1:6060", NULL);
 *
 * and then `go tool pprof http://127.0.0.1:6060/debug/pprof/profile`.  This
 * header is there if benchkit was built with libmicrohttpd. */
#ifndef BENCHKIT_PROFILE_SERVE_H
#define BENCHKIT_PROFILE_SERVE_H

#include <benchkit/error.h>
#include <benchkit/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Serve at ADDRESS, "HOST:PORT", from threads of our own, in which all signals
 * are blocked.  HOST is a numeric address, [in brackets] if it is IPv6; nothing,
 * or "localhost", is 127.0.0.1.  Who can connect can read what the program does:
 * other addresses than loopback are for networks that you trust.  PORT 0 is any
 * that is free.
 *
 * The kinds that cost next to nothing, heap, allocs and threadcreate, are started
 * unless they are already, and stopped with the server.  At most 16 connections
 * at a time, requests of at most 8 KiB that come within 5 s; others wait or are
 * cut off.
 *
 * Returns the port; BENCH_EBUSY if there is a server already, BENCH_EINPUT for
 * an ADDRESS that is none, BENCH_EIO, BENCH_ENOMEM.  The child of a fork has no
 * server. */
BENCH_API int bench_profile_serve(const char *address, struct bench_error *err);

/* End it; requests that wait for their seconds end now.  Returns when the last is
 * gone. */
BENCH_API void bench_profile_serve_stop(void);

#ifdef __cplusplus
}
#endif

#endif
