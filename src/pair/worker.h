/* The parent's side of one process that measures: ask it, hear it, end it. */
#ifndef BI_PAIR_WORKER_H
#define BI_PAIR_WORKER_H

#include <signal.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "wire/process.h"
#include "wire/protocol.h"

/* How long an answer may take, and what else ends the waiting. */
struct bi_patience {
	int64_t timeout_ns;
	const volatile sig_atomic_t *stop; /* set by a handler of a signal that
					    * is blocked but while we wait */
	sigset_t waiting; /* the signal mask while we wait */
};

/* Of what a worker writes to stderr the end is kept: there a sanitizer's or the
 * loader's message stands. */
#define BI_PAIR_OUTPUT_MOST 4096

struct bi_pair_worker {
	struct bi_process process;
	struct bi_frame_stream stream;
	struct bi_buf scratch;
	struct bi_buf last_words;
	struct bi_buf temps; /* NUL-terminated paths to be removed with it */
	char output[BI_PAIR_OUTPUT_MOST]; /* the end of what it wrote */
	size_t output_len;
	bool output_cut;
	struct bi_event event;
	bool hung;
	bool babbles; /* it does not speak our protocol */
	int status;   /* waitpid's, when it has died */
};

#define BI_PAIR_WORKER_INIT {.process = BI_PROCESS_INIT}

enum bi_heard {
	BI_HEARD_EVENT,
	BI_HEARD_END,    /* it died, hung or babbled, and is gone */
	BI_HEARD_STOP    /* the run is to end */
};

int bi_pair_worker_start(struct bi_pair_worker *worker,
			 const struct bi_process_plan *plan,
			 struct bench_error *err);

/* Send ORDER.  That the worker is gone is noticed when it is heard. */
void bi_pair_worker_tell(struct bi_pair_worker *worker,
			 const struct bi_order *order);

/* Wait for the next event, which is valid until the next call. */
enum bi_heard bi_pair_worker_hear(struct bi_pair_worker *worker,
				  const struct bi_patience *patience,
				  const struct bi_event **event);

/* Did somebody else kill it? */
bool bi_pair_worker_was_killed(const struct bi_pair_worker *worker);

/* Append why and where it ended, as lines of a log, and what it wrote. */
int bi_pair_worker_reason(struct bi_pair_worker *worker,
			  const struct bi_patience *patience,
			  struct bi_buf *out);

/* Append the end of what it wrote to stderr and stdout, as lines of a log; what
 * it wrote is forgotten then. */
int bi_pair_worker_output(struct bi_pair_worker *worker, struct bi_buf *out);

/* Let it end by itself if it is there (its tear-down runs), else clean up. */
void bi_pair_worker_quit(struct bi_pair_worker *worker,
			 const struct bi_patience *patience);

/* End it at once, and free what is kept of it. */
void bi_pair_worker_release(struct bi_pair_worker *worker);

#endif
