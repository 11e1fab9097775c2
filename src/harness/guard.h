/* Watching one worker: its events, its time, its memory, its end.
 *
 * The guard knows what runs in the worker from the ENTER, MEASURE and LEAVE
 * events that pass through it. */
#ifndef BI_HARNESS_GUARD_H
#define BI_HARNESS_GUARD_H

#include <signal.h>

#include "harness/nameset.h"
#include "harness/progress.h"
#include "wire/process.h"
#include "wire/protocol.h"

struct bi_guard_limits {
	int64_t timeout_ns;   /* between two events; 0: none */
	int64_t memory_bytes; /* resident; 0: none */
};

/* A benchmark that has begun and not ended. */
struct bi_active {
	char *name;
	int procs; /* 0: in its probe */
};

enum bi_guard_fault { BI_FAULT_NONE, BI_FAULT_TIMEOUT, BI_FAULT_MEMORY };

struct bi_guard {
	struct bi_guard_limits limits;
	struct bi_event_sink sink;
	struct bi_progress *progress;
	int signals; /* descriptor of the signals we wait for */
	sigset_t mask_before;
	int signo;   /* the one that came */

	/* The present worker, or the last one. */
	struct bi_process process;
	struct bi_frame_stream stream;
	struct bi_buf scratch;
	struct bi_buf last_words;
	struct bi_active *active; /* outermost first */
	size_t active_count;
	size_t active_capacity;
	struct bi_nameset temps; /* directories to remove */
	struct bi_instant deadline;
	bool hello;
	bool entered; /* a benchmark began since the last order */
	bool done;
	bool bad; /* it does not speak our protocol, or we are out of memory */
	enum bi_guard_fault fault;
	int status; /* waitpid's */
};

enum bi_guard_end { BI_GUARD_DONE, BI_GUARD_DIED, BI_GUARD_SIGNALLED };

/* Every event goes on to SINK; PROGRESS is kept moving while we wait. */
int bi_guard_init(struct bi_guard *guard, struct bi_guard_limits limits,
		  struct bi_event_sink sink, struct bi_progress *progress,
		  struct bench_error *err);
void bi_guard_release(struct bi_guard *guard);

/* Start a worker; there is none running. */
int bi_guard_start(struct bi_guard *guard, char *const *argv,
		   struct bench_error *err);
bool bi_guard_is_running(const struct bi_guard *guard);
bool bi_guard_said_hello(const struct bi_guard *guard);

/* BENCH_EIO when the worker is gone. */
int bi_guard_order(struct bi_guard *guard, const struct bi_order *order);

/* Pass events on until the order is carried out, the worker is gone, or one of
 * SIGINT, SIGTERM, SIGHUP has come.  In the last two cases it has ended, and
 * its temporary directories are removed. */
enum bi_guard_end bi_guard_wait(struct bi_guard *guard);

/* Tell the worker to end and wait for that; *CLEAN: with exit status 0. */
enum bi_guard_end bi_guard_quit(struct bi_guard *guard, bool *clean);

/* End it at once. */
void bi_guard_kill(struct bi_guard *guard);

/* Did a benchmark begin since the last order? */
bool bi_guard_entered(const struct bi_guard *guard);

/* The innermost benchmark that had not ended, or NULL. */
const struct bi_active *bi_guard_active(const struct bi_guard *guard);

/* Append why and where the last worker ended, as lines of a log. */
int bi_guard_reason(const struct bi_guard *guard, struct bi_buf *out);

#endif
