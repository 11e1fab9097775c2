/* What a supervisor tells a worker (orders), and what it hears (events).
 *
 *	supervisor                         worker
 *	    |                                 | started with the descriptors in
 *	    |  <-------------- HELLO version  | BI_WIRE_ENV
 *	    |  RUN name, done, failed ----->  |
 *	    |  <-- ENTER, MEASURE, RESULT ..  | one per thing that happens
 *	    |  <----------------------- DONE  |
 *	    |  QUIT ----------------------->  | teardown, exit()
 *
 * benchab measures by slices instead, any number of them:
 *	    |  LIST ----------------------->  |
 *	    |  <---------------- NAME, DONE   | each top-level benchmark selected
 *	    |  OPEN name, leaf, procs ----->  |
 *	    |  <--------------------- OPENED  | set up, in a bench_loop() body
 *	    |  SLICE n -------------------->  |
 *	    |  <---------------------- SLICE  | what N iterations cost
 *	    |  CLOSE ---------------------->  |
 *	    |  <--- RESULT, FAIL or SKIP;     |
 *	    |  <----------------------- DONE  | DONE alone: there is no such leaf
 */
#ifndef BI_WIRE_PROTOCOL_H
#define BI_WIRE_PROTOCOL_H

#include <benchkit/bench.h>

#include "wire/frame.h"

/* Raised in the header, when either side would misread the other. */
#define BI_WIRE_VERSION BENCH_PROTOCOL

/* "SOCKET,LAST_WORDS": the worker's descriptors.  Taken out of the environment
 * before any code of the user's benchmarks runs. */
#define BI_WIRE_ENV "BENCH_WORKER"

/* "BREAK,MAP" in bytes, when the parent wants to choose where the heap and the
 * first mapping lie; with it a variable that is only as long as it is. */
#define BI_WIRE_LAYOUT_ENV "BENCH_LAYOUT"
#define BI_WIRE_PADDING_ENV "BENCH_PADDING"

enum bi_event_kind {
	BI_EVENT_HELLO,   /* procs: BI_WIRE_VERSION */
	BI_EVENT_ENTER,   /* name begins; flag: only a prefix of -bench matched */
	BI_EVENT_MEASURE, /* name is measured at procs */
	BI_EVENT_RESULT,  /* result, text: log; flag: show allocations */
	BI_EVENT_FAIL,    /* text: log; procs 0: failed before it was measured;
			   * flag: has sub-benchmarks, which may be run again */
	BI_EVENT_SKIP,    /* text: log */
	BI_EVENT_GROUP,   /* name only had sub-benchmarks; text: log */
	BI_EVENT_LEAVE,   /* name is over */
	BI_EVENT_LOG,     /* -v: text, as it was logged */
	BI_EVENT_NOTE,    /* text: something the user should know; with a name,
			   * only the first of that name; flag: of that text */
	BI_EVENT_TEMP,    /* text: a directory to remove should the worker die;
			   * flag: it is removed */
	BI_EVENT_NAME,    /* of LIST: name */
	BI_EVENT_OPENED,  /* flag: a bench_loop() body, set up once */
	BI_EVENT_SLICE,   /* result, without metrics; cost */
	BI_EVENT_DONE     /* the order is carried out */
};

/* What a slice took, besides its wall time. */
struct bi_slice_cost {
	int64_t cpu_ns;    /* of the benchmark's thread, while its timer ran */
	int64_t others_ns; /* CPU of the process's other threads, all along */
	int64_t waited_ns; /* ready to run and not running; -1: not known */
	int64_t stolen_ns; /* taken by the host of a virtual machine: neither
			    * running, nor ready, nor asleep; -1: not known */
	int64_t switches;  /* times that the CPU was taken away */
	int64_t faults;    /* pages */
};

struct bi_event {
	enum bi_event_kind kind;
	const char *name; /* "" when the event is of no benchmark */
	int procs;
	bool flag;
	const char *text;
	size_t text_len;
	struct bench_result result; /* of RESULT and SLICE only */
	struct bi_slice_cost cost;  /* of SLICE only */
};

/* What takes events: the wire in a worker, the report without one. */
struct bi_event_sink {
	void (*take)(void *ctx, const struct bi_event *event);
	void *ctx;
};

enum bi_order_kind {
	BI_ORDER_RUN,
	BI_ORDER_LIST,
	BI_ORDER_OPEN,
	BI_ORDER_SLICE,
	BI_ORDER_CLOSE,
	BI_ORDER_QUIT
};

/* DONE and FAILED: names of sub-benchmarks that are not run again, in any
 * order; DONE passed earlier in this round, FAILED in any round. */
struct bi_order {
	enum bi_order_kind kind;
	const char *name; /* of the top-level benchmark; "" where there is none */
	const char *leaf; /* of OPEN: what to measure; NULL for "" */
	int procs;        /* of OPEN */
	int64_t n;        /* of SLICE */
	const char *const *done;
	size_t done_count;
	const char *const *failed;
	size_t failed_count;
};

/* Send over FD, with SCRATCH as memory for the message.  0, BENCH_ENOMEM, or
 * BENCH_EIO when the other side is gone. */
int bi_event_send(int fd, struct bi_buf *scratch, const struct bi_event *event);
int bi_order_send(int fd, struct bi_buf *scratch, const struct bi_order *order);

/* Decode FRAME.  Texts point into it; the arrays are the caller's to free:
 * event->result.metrics, and both lists of the order.  0, BENCH_ENOMEM or
 * BENCH_EPROTO. */
int bi_event_decode(struct bi_frame *frame, struct bi_event *event);
int bi_order_decode(struct bi_frame *frame, struct bi_order *order);

/* Wait for the next order on STREAM and decode it.  1 one came, 0 the other side
 * is gone, negative: an error. */
int bi_order_await(struct bi_frame_stream *stream, struct bi_order *order);

#endif
