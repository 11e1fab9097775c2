/* The parent's side of one process that measures. */
#include "pair/worker.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock/clock.h"
#include "wire/lastwords.h"
#include "wire/tree.h"

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_SEC INT64_C(1000000000)

/* The end of a process whose children keep its socket open is seen by looking. */
#define LOOK_NS (100 * NS_PER_MS)

/* How long a worker that hangs may take to say where. */
#define LAST_WORDS_NS NS_PER_SEC

/* How long a tear-down may take before the worker is ended. */
#define QUIT_NS (10 * NS_PER_SEC)

/* More than any memory map. */
#define LAST_WORDS_MOST (16u << 20)

#define INDENT "    "

int bi_pair_worker_start(struct bi_pair_worker *worker,
			 const struct bi_process_plan *plan,
			 struct bench_error *err)
{
	int rc;

	*worker = (struct bi_pair_worker)BI_PAIR_WORKER_INIT;
	rc = bi_process_start(&worker->process, plan, err);
	worker->stream.fd = worker->process.socket;
	return rc;
}

void bi_pair_worker_tell(struct bi_pair_worker *worker,
			 const struct bi_order *order)
{
	bi_order_send(worker->process.socket, &worker->scratch, order);
}

static bool has_exited(const struct bi_pair_worker *worker)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)worker->process.pid, &info,
		      WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == worker->process.pid;
}

/* False at the end of the stream. */
static bool take_last_words(struct bi_pair_worker *worker)
{
	char chunk[4096];
	ssize_t n = read(worker->process.last_words, chunk, sizeof(chunk));

	if (n <= 0)
		return n < 0 && errno == EINTR;
	if (worker->last_words.len + (size_t)n <= LAST_WORDS_MOST)
		bi_buf_add(&worker->last_words, chunk, (size_t)n);
	return true;
}

static void drain_last_words(struct bi_pair_worker *worker)
{
	struct pollfd waiting = {.fd = worker->process.last_words,
				 .events = POLLIN};

	while (poll(&waiting, 1, 0) > 0 && take_last_words(worker))
		;
}

/* What is shown on a terminal afterwards has no escapes. */
static void make_plain(char *text, ssize_t len)
{
	ssize_t i;

	for (i = 0; i < len; i++) {
		if ((unsigned char)text[i] < ' ' && text[i] != '\n' &&
		    text[i] != '\t')
			text[i] = '?';
	}
}

/* Keep the end of what the worker writes, until it closes the stream. */
static bool take_output(struct bi_pair_worker *worker)
{
	char chunk[BI_PAIR_OUTPUT_MOST];
	ssize_t n = read(worker->process.output, chunk, sizeof(chunk));
	size_t keep;

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		close(worker->process.output);
		worker->process.output = -1;
		return false;
	}
	make_plain(chunk, n);
	keep = sizeof(chunk) - (size_t)n;
	if (worker->output_len > keep) {
		memmove(worker->output,
			worker->output + worker->output_len - keep, keep);
		worker->output_len = keep;
		worker->output_cut = true;
	}
	memcpy(worker->output + worker->output_len, chunk, (size_t)n);
	worker->output_len += (size_t)n;
	return true;
}

static void drain_output(struct bi_pair_worker *worker)
{
	struct pollfd waiting = {.fd = worker->process.output,
				 .events = POLLIN};

	while (poll(&waiting, 1, 0) > 0 && take_output(worker))
		;
}

static void remove_temps(struct bi_pair_worker *worker)
{
	const char *path = bi_buf_str(&worker->temps);
	const char *end = path + worker->temps.len;

	for (; path < end; path += strlen(path) + 1)
		bi_tree_remove(path);
	bi_buf_reset(&worker->temps);
}

/* It has ended or is to end. */
static void bury(struct bi_pair_worker *worker)
{
	if (worker->process.pid == 0)
		return;
	if (!has_exited(worker))
		bi_process_kill(&worker->process);
	drain_last_words(worker);
	drain_output(worker);
	bi_process_reap(&worker->process, &worker->status);
	remove_temps(worker);
}

/* Ask where it hangs, then end it. */
static void end_hanging(struct bi_pair_worker *worker)
{
	struct bi_instant began = bi_clock_now();
	struct pollfd waiting = {.fd = worker->process.last_words,
				 .events = POLLIN};

	worker->hung = true;
	kill(worker->process.pid, BI_LASTWORDS_ASK);
	while (!bi_lastwords_complete(&worker->last_words) &&
	       bi_clock_since(began) < LAST_WORDS_NS) {
		if (poll(&waiting, 1, (int)(LAST_WORDS_NS / NS_PER_MS)) <= 0 ||
		    !take_last_words(worker))
			break;
	}
	bury(worker);
}

/* Keep in mind what would be left behind if the worker died. */
static int note_temp(struct bi_pair_worker *worker,
		     const struct bi_event *event)
{
	/* One benchmark has one root at a time. */
	bi_buf_reset(&worker->temps);
	return event->flag ? 0
			   : bi_buf_add(&worker->temps, event->text,
					event->text_len + 1);
}

/* The next whole event of what was read.  1 one, 0 none, negative: an error. */
static int take_event(struct bi_pair_worker *worker)
{
	struct bi_frame frame;
	int rc;

	free(worker->event.result.metrics);
	worker->event.result.metrics = NULL;
	rc = bi_frame_next(&worker->stream, &frame);
	if (rc <= 0)
		return rc;
	rc = bi_event_decode(&frame, &worker->event);
	if (rc == 0 && worker->event.kind == BI_EVENT_TEMP)
		rc = note_temp(worker, &worker->event);
	return rc < 0 ? rc : 1;
}

/* Wait a while for something to read.  False: the stream is at its end. */
static bool await(struct bi_pair_worker *worker,
		  const struct bi_patience *patience, int64_t left_ns)
{
	int64_t ns = left_ns < LOOK_NS ? left_ns : LOOK_NS;
	struct timespec longest = {0, ns < 0 ? 0 : (long)ns};
	struct pollfd waiting[] = {
		{.fd = worker->process.socket, .events = POLLIN},
		{.fd = worker->process.last_words, .events = POLLIN},
		{.fd = worker->process.output, .events = POLLIN},
	};
	int rc = ppoll(waiting, 3, &longest, &patience->waiting);

	if (rc <= 0)
		return rc < 0 ? errno == EINTR : !has_exited(worker);
	if (waiting[1].revents & POLLIN)
		take_last_words(worker);
	if (waiting[2].revents != 0)
		take_output(worker);
	if (waiting[0].revents == 0)
		return (waiting[1].revents & POLLHUP) == 0 ||
		       !has_exited(worker);
	rc = bi_frame_fill(&worker->stream);
	worker->babbles = worker->babbles || rc < 0;
	return rc > 0;
}

enum bi_heard bi_pair_worker_hear(struct bi_pair_worker *worker,
				  const struct bi_patience *patience,
				  const struct bi_event **event)
{
	struct bi_instant began = bi_clock_now();
	int rc;

	*event = &worker->event;
	while ((rc = take_event(worker)) == 0) {
		int64_t left;

		if (*patience->stop)
			return BI_HEARD_STOP;
		if (worker->process.pid == 0)
			return BI_HEARD_END;
		left = patience->timeout_ns - bi_clock_since(began);
		if (left <= 0) {
			end_hanging(worker);
			return BI_HEARD_END;
		}
		if (!await(worker, patience, left)) {
			bury(worker);
			return BI_HEARD_END;
		}
	}
	if (rc > 0)
		return BI_HEARD_EVENT;
	worker->babbles = true;
	bury(worker);
	return BI_HEARD_END;
}

bool bi_pair_worker_was_killed(const struct bi_pair_worker *worker)
{
	return worker->process.pid == 0 && !worker->hung && !worker->babbles &&
	       WIFSIGNALED(worker->status) &&
	       WTERMSIG(worker->status) == SIGKILL;
}

int bi_pair_worker_output(struct bi_pair_worker *worker, struct bi_buf *out)
{
	const char *text = worker->output, *end = text + worker->output_len;
	int rc = 0;

	if (worker->process.pid > 0) {
		drain_output(worker);
		end = text + worker->output_len;
	}
	if (worker->output_cut) {
		const char *line = memchr(text, '\n', (size_t)(end - text));

		text = line ? line + 1 : text;
		rc = bi_buf_adds(out, INDENT "stderr, its end:\n");
	}
	while (text < end && rc == 0) {
		const char *line = memchr(text, '\n', (size_t)(end - text));

		line = line ? line : end;
		rc = bi_buf_addf(out, INDENT "stderr: %.*s\n",
				 (int)(line - text), text);
		text = line + 1;
	}
	worker->output_len = 0;
	worker->output_cut = false;
	return rc;
}

int bi_pair_worker_reason(struct bi_pair_worker *worker,
			  const struct bi_patience *patience,
			  struct bi_buf *out)
{
	size_t start = out->len;
	int rc = 0;

	if (worker->hung)
		rc = bi_buf_addf(out, INDENT "no answer within %g s\n",
				 (double)patience->timeout_ns /
					 (double)NS_PER_SEC);
	else if (worker->babbles)
		rc = bi_buf_adds(out, INDENT "the worker sent what is no "
					     "message of ours\n");
	if (rc == 0)
		rc = bi_lastwords_format(&worker->last_words, INDENT,
					 BI_LASTWORDS_BOUNDARY, out);
	if (rc >= 0 && out->len == start) {
		rc = bi_buf_adds(out, INDENT "the process ended: ");
		if (rc == 0)
			rc = bi_process_reason(out, worker->status);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	if (rc >= 0)
		rc = bi_pair_worker_output(worker, out);
	return rc < 0 ? rc : 0;
}

void bi_pair_worker_quit(struct bi_pair_worker *worker,
			 const struct bi_patience *patience)
{
	struct bi_order quit = {
		.kind = BI_ORDER_QUIT, .name = "", .leaf = ""};
	struct bi_patience short_one = *patience;
	const struct bi_event *event;

	if (worker->process.pid == 0)
		return;
	if (short_one.timeout_ns > QUIT_NS)
		short_one.timeout_ns = QUIT_NS;
	bi_pair_worker_tell(worker, &quit);
	while (bi_pair_worker_hear(worker, &short_one, &event) ==
	       BI_HEARD_EVENT)
		;
}

void bi_pair_worker_release(struct bi_pair_worker *worker)
{
	bury(worker);
	free(worker->event.result.metrics);
	bi_frame_stream_release(&worker->stream);
	bi_buf_release(&worker->scratch);
	bi_buf_release(&worker->last_words);
	bi_buf_release(&worker->temps);
	*worker = (struct bi_pair_worker)BI_PAIR_WORKER_INIT;
}
