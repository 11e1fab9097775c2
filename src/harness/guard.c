/* Watching one worker: its events, its time, its memory, its end. */
#include "harness/guard.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/real.h"
#include "harness/bench.h"
#include "wire/lastwords.h"
#include "wire/tree.h"

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_SEC INT64_C(1000000000)

/* How often memory is looked at: a page costs the kernel about 100 ns to hand
 * out, so that at most some 2 GB come between two looks. */
#define MEMORY_MS 50

/* How often the progress line's times are brought up to date. */
#define PROGRESS_MS 1000

/* How long a worker that hangs may take to say where. */
#define LAST_WORDS_MS 1000

/* More than any memory map; what a worker writes beyond it is not its last
 * words. */
#define LAST_WORDS_MOST (16u << 20)

#define INDENT "    "

/* A signal that was ignored when the program started, as nohup does and as a
 * shell does for its background, stays ignored. */
static void watch_for(sigset_t *set, int signo)
{
	struct sigaction action;

	if (sigaction(signo, NULL, &action) < 0 ||
	    action.sa_handler != SIG_IGN)
		sigaddset(set, signo);
}

int bi_guard_init(struct bi_guard *guard, struct bi_guard_limits limits,
		  struct bi_event_sink sink, struct bi_progress *progress,
		  struct bench_error *err)
{
	sigset_t set;

	*guard = (struct bi_guard){
		.limits = limits,
		.sink = sink,
		.progress = progress,
		.process = BI_PROCESS_INIT,
	};
	sigemptyset(&set);
	watch_for(&set, SIGINT);
	watch_for(&set, SIGTERM);
	watch_for(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	/* An inherited SIG_IGN would reap our workers behind our back. */
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_BLOCK, &set, &guard->mask_before);
	guard->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (guard->signals < 0)
		return bi_error_errno(err, "cannot watch", "signals");
	return 0;
}

static void pop(struct bi_guard *guard)
{
	free(guard->active[--guard->active_count].name);
}

static void forget_worker(struct bi_guard *guard)
{
	while (guard->active_count > 0)
		pop(guard);
	bi_buf_reset(&guard->last_words);
	bi_frame_stream_release(&guard->stream);
	guard->hello = guard->done = guard->bad = false;
	guard->fault = BI_FAULT_NONE;
	guard->status = 0;
}

void bi_guard_release(struct bi_guard *guard)
{
	if (bi_guard_is_running(guard))
		bi_guard_kill(guard);
	forget_worker(guard);
	free(guard->active);
	bi_buf_release(&guard->scratch);
	bi_buf_release(&guard->last_words);
	bi_nameset_release(&guard->temps);
	close(guard->signals);
	sigprocmask(SIG_SETMASK, &guard->mask_before, NULL);
}

static void set_deadline(struct bi_guard *guard)
{
	guard->deadline = bi_clock_now();
	if (__builtin_add_overflow(guard->deadline.ns, guard->limits.timeout_ns,
				   &guard->deadline.ns))
		guard->deadline.ns = INT64_MAX;
}

int bi_guard_start(struct bi_guard *guard, char *const *argv,
		   struct bench_error *err)
{
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;
	int rc;

	forget_worker(guard);
	plan.argv = argv;
	rc = bi_process_start(&guard->process, &plan, err);
	if (rc < 0)
		return rc;
	guard->stream.fd = guard->process.socket;
	set_deadline(guard);
	return 0;
}

bool bi_guard_is_running(const struct bi_guard *guard)
{
	return guard->process.pid > 0;
}

bool bi_guard_said_hello(const struct bi_guard *guard)
{
	return guard->hello;
}

bool bi_guard_entered(const struct bi_guard *guard)
{
	return guard->entered;
}

int bi_guard_order(struct bi_guard *guard, const struct bi_order *order)
{
	guard->entered = false;
	set_deadline(guard);
	return bi_order_send(guard->process.socket, &guard->scratch, order);
}

static int push(struct bi_guard *guard, const char *name)
{
	struct bi_active *active =
		bi_grow(guard->active, &guard->active_capacity,
			guard->active_count + 1, sizeof(*active));
	char *copy;

	if (active == NULL)
		return BENCH_ENOMEM;
	guard->active = active;
	copy = strdup(name);
	if (copy == NULL)
		return BENCH_ENOMEM;
	guard->active[guard->active_count++] = (struct bi_active){copy, 0};
	return 0;
}

/* Note what EVENT says of the worker's state.  0, or a negative error. */
static int follow(struct bi_guard *guard, const struct bi_event *event)
{
	int64_t *temp;

	switch (event->kind) {
	case BI_EVENT_HELLO:
		guard->hello = event->procs == BI_WIRE_VERSION;
		return guard->hello ? 0 : BENCH_EPROTO;
	case BI_EVENT_ENTER:
		guard->entered = true;
		set_deadline(guard);
		return push(guard, event->name);
	case BI_EVENT_MEASURE:
		set_deadline(guard);
		if (guard->active_count == 0)
			return BENCH_EPROTO;
		guard->active[guard->active_count - 1].procs = event->procs;
		return 0;
	case BI_EVENT_LEAVE:
		set_deadline(guard);
		if (guard->active_count == 0)
			return BENCH_EPROTO;
		pop(guard);
		return 0;
	case BI_EVENT_RESULT:
	case BI_EVENT_FAIL:
	case BI_EVENT_SKIP:
	case BI_EVENT_GROUP:
		set_deadline(guard);
		return 0;
	case BI_EVENT_TEMP:
		temp = bi_nameset_counter(&guard->temps, event->text);
		if (temp == NULL)
			return BENCH_ENOMEM;
		*temp = !event->flag;
		return 0;
	case BI_EVENT_DONE:
		guard->done = true;
		return 0;
	case BI_EVENT_LOG:
	case BI_EVENT_NOTE:
		return 0;
	case BI_EVENT_NAME:
	case BI_EVENT_OPENED:
	case BI_EVENT_SLICE:
		break; /* nobody asked for one */
	}
	return BENCH_EPROTO;
}

static void take_frames(struct bi_guard *guard)
{
	struct bi_frame frame;
	struct bi_event event;
	int rc;

	while ((rc = bi_frame_next(&guard->stream, &frame)) > 0) {
		rc = bi_event_decode(&frame, &event);
		if (rc == 0)
			rc = follow(guard, &event);
		if (rc < 0)
			break;
		guard->sink.take(guard->sink.ctx, &event);
		free(event.result.metrics);
	}
	guard->bad = guard->bad || rc < 0;
}

/* Read and pass on what the worker sent.  False at the end of the stream. */
static bool take_events(struct bi_guard *guard)
{
	int rc = bi_frame_fill(&guard->stream);

	if (rc > 0)
		take_frames(guard);
	guard->bad = guard->bad || rc < 0;
	return rc > 0 && !guard->bad;
}

/* False at the end of the stream. */
static bool take_last_words(struct bi_guard *guard)
{
	char chunk[4096];
	ssize_t n = read(guard->process.last_words, chunk, sizeof(chunk));

	if (n <= 0)
		return n < 0 && errno == EINTR;
	if (guard->last_words.len + (size_t)n <= LAST_WORDS_MOST)
		bi_buf_add(&guard->last_words, chunk, (size_t)n);
	return true;
}

static bool has_exited(const struct bi_guard *guard)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)guard->process.pid, &info,
		      WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == guard->process.pid;
}

/* Read what is in FD's buffer through TAKE, without waiting. */
static void drain(struct bi_guard *guard, int fd,
		  bool (*take)(struct bi_guard *))
{
	struct pollfd waiting = {.fd = fd, .events = POLLIN};

	while (poll(&waiting, 1, 0) > 0) {
		if (!take(guard))
			break;
	}
}

static void remove_temps(struct bi_guard *guard)
{
	const char **list = bi_nameset_list(&guard->temps);
	size_t i;

	for (i = 0; list != NULL && i < guard->temps.size; i++) {
		if (bi_nameset_has(&guard->temps, list[i]))
			bi_tree_remove(list[i]);
	}
	free(list);
	bi_nameset_release(&guard->temps);
}

/* The worker has ended or is to end: take what it still said, clean up. */
static void bury(struct bi_guard *guard)
{
	bi_process_kill(&guard->process);
	drain(guard, guard->process.last_words, take_last_words);
	drain(guard, guard->process.socket, take_events);
	bi_process_reap(&guard->process, &guard->status);
	remove_temps(guard);
}

void bi_guard_kill(struct bi_guard *guard)
{
	bury(guard);
}

/* Ask a worker that hangs where it is, then end it. */
static void end_hanging(struct bi_guard *guard)
{
	struct bi_instant began = bi_clock_now();
	struct pollfd waiting = {.fd = guard->process.last_words,
				 .events = POLLIN};

	guard->fault = BI_FAULT_TIMEOUT;
	kill(guard->process.pid, BI_LASTWORDS_ASK);
	while (!bi_lastwords_complete(&guard->last_words) &&
	       bi_clock_since(began) < LAST_WORDS_MS * NS_PER_MS) {
		if (poll(&waiting, 1, LAST_WORDS_MS) <= 0 ||
		    !take_last_words(guard))
			break;
	}
	bury(guard);
}

/* Milliseconds until something must be looked at; -1: nothing. */
static int next_look_ms(const struct bi_guard *guard)
{
	int64_t ms = INT32_MAX, left;

	if (guard->limits.memory_bytes > 0)
		ms = MEMORY_MS;
	if (guard->progress->terminal != NULL && ms > PROGRESS_MS)
		ms = PROGRESS_MS;
	if (guard->limits.timeout_ns > 0) {
		left = (guard->deadline.ns - bi_clock_now().ns) / NS_PER_MS + 1;
		if (left < ms)
			ms = left < 0 ? 0 : left;
	}
	return ms == INT32_MAX ? -1 : (int)ms;
}

/* Ends a worker that is past a limit; true if it was. */
static bool enforce_limits(struct bi_guard *guard)
{
	if (guard->limits.timeout_ns > 0 &&
	    bi_clock_now().ns >= guard->deadline.ns) {
		end_hanging(guard);
		return true;
	}
	if (guard->limits.memory_bytes > 0 &&
	    bi_process_rss(guard->process.pid) > guard->limits.memory_bytes) {
		guard->fault = BI_FAULT_MEMORY;
		bury(guard);
		return true;
	}
	return false;
}

/* True when one came that ends the run. */
static bool take_signals(struct bi_guard *guard)
{
	struct signalfd_siginfo info;

	while (read(guard->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			guard->signo = (int)info.ssi_signo;
	}
	return guard->signo != 0;
}

/* Wait until *FLAG is set, or the worker or the run ends.  FLAG may be NULL. */
static enum bi_guard_end watch(struct bi_guard *guard, const bool *flag)
{
	struct pollfd waiting[] = {
		{.fd = guard->process.socket, .events = POLLIN},
		{.fd = guard->process.last_words, .events = POLLIN},
		{.fd = guard->signals, .events = POLLIN},
	};

	for (;;) {
		if (flag != NULL && *flag)
			return BI_GUARD_DONE;
		if (poll(waiting, 3, next_look_ms(guard)) < 0 && errno != EINTR)
			guard->bad = true;
		if (take_signals(guard)) {
			bury(guard);
			return BI_GUARD_SIGNALLED;
		}
		if (waiting[1].revents != 0 && !take_last_words(guard))
			waiting[1].fd = -1;
		if (waiting[0].revents != 0 && !take_events(guard))
			waiting[0].fd = -1;
		if (guard->bad || has_exited(guard)) {
			bury(guard);
			return flag != NULL && *flag ? BI_GUARD_DONE
						     : BI_GUARD_DIED;
		}
		if (enforce_limits(guard))
			return BI_GUARD_DIED;
		bi_progress_tick(guard->progress);
	}
}

enum bi_guard_end bi_guard_wait(struct bi_guard *guard)
{
	guard->done = false;
	return watch(guard, &guard->done);
}

enum bi_guard_end bi_guard_quit(struct bi_guard *guard, bool *clean)
{
	struct bi_order quit = {
		.kind = BI_ORDER_QUIT, .name = "", .leaf = ""};
	enum bi_guard_end end;

	bi_guard_order(guard, &quit);
	end = watch(guard, NULL);
	*clean = guard->fault == BI_FAULT_NONE && !guard->bad &&
		 WIFEXITED(guard->status) && WEXITSTATUS(guard->status) == 0;
	return end;
}

const struct bi_active *bi_guard_active(const struct bi_guard *guard)
{
	return guard->active_count == 0
		       ? NULL
		       : &guard->active[guard->active_count - 1];
}

static int add_cause(const struct bi_guard *guard, struct bi_buf *out)
{
	char seconds[BI_REAL_SIZE];

	switch (guard->fault) {
	case BI_FAULT_TIMEOUT:
		bi_real_print(seconds, (double)guard->limits.timeout_ns /
					       (double)NS_PER_SEC);
		return bi_buf_addf(out, INDENT "timed out after %s s\n",
				   seconds);
	case BI_FAULT_MEMORY:
		return bi_buf_addf(out,
				   INDENT "used more than %lld MiB of memory\n",
				   (long long)(guard->limits.memory_bytes >>
					       20));
	case BI_FAULT_NONE:
		break;
	}
	if (guard->bad)
		return bi_buf_adds(out, INDENT "the worker sent what is no "
					       "message of ours\n");
	return 0;
}

int bi_guard_reason(const struct bi_guard *guard, struct bi_buf *out)
{
	size_t start = out->len;
	int rc = add_cause(guard, out);

	if (rc == 0)
		rc = bi_lastwords_format(&guard->last_words, INDENT,
					 BI_LASTWORDS_BOUNDARY, out);
	if (rc >= 0 && out->len == start) {
		rc = bi_buf_adds(out, INDENT "the process ended: ");
		if (rc == 0)
			rc = bi_process_reason(out, guard->status);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc < 0 ? rc : 0;
}
