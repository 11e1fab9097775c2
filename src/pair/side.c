/* Finding out what a build has: each benchmark is run with one iteration, in
 * one process after the other until all are through. */
#include "pair/side.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"

/* Names, in an array that grows. */
struct names {
	char **list;
	size_t count;
};

/* One build being looked through. */
struct search {
	const struct bi_side *build;
	int side;
	const struct bi_patience *patience;
	struct bi_suite *suite;
	struct bench_error *err;
	struct bi_pair_worker worker;
	struct names tops;
	struct names done;   /* not to be run again */
	struct names failed;
	struct names active; /* begun and not ended, outermost first */
	int active_procs;
	bool hello;
	bool stopped;
};

static int push(struct names *names, const char *name)
{
	char **list = reallocarray(names->list, names->count + 1,
				   sizeof(*list));

	if (list == NULL)
		return BENCH_ENOMEM;
	names->list = list;
	list[names->count] = strdup(name);
	if (list[names->count] == NULL)
		return BENCH_ENOMEM;
	names->count++;
	return 0;
}

static void pop_all(struct names *names)
{
	while (names->count > 0)
		free(names->list[--names->count]);
}

static void release(struct names *names)
{
	pop_all(names);
	free(names->list);
	names->list = NULL;
}

/* The row for LEAF at PROCS.  What failed or was skipped on the other side
 * before a P was chosen (0) is the row for the first one that comes. */
static struct bi_row *find_row(struct bi_suite *suite, const char *leaf,
			       int procs)
{
	size_t i;

	for (i = 0; i < suite->count; i++) {
		struct bi_row *row = &suite->row[i];

		if (strcmp(row->leaf, leaf) != 0)
			continue;
		if (row->procs == 0)
			row->procs = procs;
		if (row->procs == procs)
			return row;
	}
	return NULL;
}

static struct bi_row *add_row(struct bi_suite *suite, const char *top,
			      const char *leaf, int procs)
{
	struct bi_row row = {.procs = procs}, *list;

	list = bi_grow(suite->row, &suite->capacity, suite->count + 1,
		       sizeof(*list));
	if (list == NULL)
		return NULL;
	suite->row = list;
	row.top = strdup(top);
	row.leaf = strdup(leaf);
	if (row.top == NULL || row.leaf == NULL) {
		free(row.top);
		free(row.leaf);
		return NULL;
	}
	suite->row[suite->count] = row;
	return &suite->row[suite->count++];
}

/* LEAF stands so on this side. */
static int set_standing(struct search *s, const char *leaf, int procs,
			enum bi_standing standing, const char *log)
{
	size_t len = strcspn(leaf, "/");
	struct bi_row *row = find_row(s->suite, leaf, procs);
	char *top;

	/* A failure before the first P was chosen is that of every P. */
	if (row == NULL && procs == 0) {
		size_t i;
		bool any = false;

		for (i = 0; i < s->suite->count; i++) {
			if (strcmp(s->suite->row[i].leaf, leaf) == 0) {
				s->suite->row[i].standing[s->side] = standing;
				bi_buf_adds(&s->suite->row[i].log[s->side],
					    log);
				any = true;
			}
		}
		if (any)
			return 0;
	}
	if (row == NULL) {
		top = s->active.count > 0 ? s->active.list[0] : NULL;
		top = top ? strdup(top) : strndup(leaf, len);
		row = top ? add_row(s->suite, top, leaf, procs) : NULL;
		free(top);
		if (row == NULL)
			return BENCH_ENOMEM;
	}
	row->standing[s->side] = standing;
	return bi_buf_adds(&row->log[s->side], log);
}

/* EVENT says that a benchmark failed. */
static int take_failure(struct search *s, const struct bi_event *event)
{
	struct bi_buf log = BI_BUF_INIT;
	int rc;

	/* A group failed because something below it did. */
	if (event->flag)
		return 0;
	rc = bi_buf_adds(&log, event->text);
	if (rc == 0)
		rc = bi_pair_worker_output(&s->worker, &log);
	if (rc == 0)
		rc = set_standing(s, event->name, event->procs,
				  BI_STANDING_FAILED, bi_buf_str(&log));
	if (rc == 0)
		rc = push(&s->failed, event->name);
	bi_buf_release(&log);
	return rc;
}

/* The same once, of however many processes. */
static int add_note(struct search *s, const char *text)
{
	struct bi_buf *notes = &s->suite->note[s->side];

	if (strstr(bi_buf_str(notes), text) != NULL)
		return 0;
	return bi_buf_addf(notes, "%s\n", text);
}

/* What EVENT says.  *DONE: the order is carried out. */
static int take(struct search *s, const struct bi_event *event, bool *done)
{
	switch (event->kind) {
	case BI_EVENT_HELLO:
		s->hello = event->procs == BI_WIRE_VERSION;
		return s->hello ? 0 : BENCH_EPROTO;
	case BI_EVENT_NAME:
		return push(&s->tops, event->name);
	case BI_EVENT_ENTER:
		s->active_procs = 0;
		return push(&s->active, event->name);
	case BI_EVENT_MEASURE:
		s->active_procs = event->procs;
		return 0;
	case BI_EVENT_LEAVE:
		if (s->active.count > 0)
			free(s->active.list[--s->active.count]);
		return push(&s->done, event->name);
	case BI_EVENT_RESULT:
		return set_standing(s, event->name, event->procs,
				    BI_STANDING_RUNS, "");
	case BI_EVENT_SKIP:
		return set_standing(s, event->name, event->procs,
				    BI_STANDING_SKIPPED, "");
	case BI_EVENT_FAIL:
		return take_failure(s, event);
	case BI_EVENT_DONE:
		*done = true;
		return 0;
	case BI_EVENT_NOTE:
		return event->name[0] == '\0' ? add_note(s, event->text) : 0;
	case BI_EVENT_GROUP:
	case BI_EVENT_LOG:
	case BI_EVENT_TEMP:
	case BI_EVENT_OPENED:
	case BI_EVENT_SLICE:
		break;
	}
	return 0;
}

/* Hear the worker until the order is carried out.  1 it was, 0 the worker is
 * gone or the run is to end, negative: an error. */
static int follow(struct search *s)
{
	const struct bi_event *event;
	bool done = false;
	int rc;

	while (!done) {
		switch (bi_pair_worker_hear(&s->worker, s->patience, &event)) {
		case BI_HEARD_END:
			return 0;
		case BI_HEARD_STOP:
			s->stopped = true;
			return 0;
		case BI_HEARD_EVENT:
			break;
		}
		rc = take(s, event, &done);
		if (rc == BENCH_EPROTO)
			return bi_error_set(s->err, BENCH_EFAILED,
					    "%s: speaks another version of our "
					    "protocol",
					    s->build->path);
		if (rc < 0)
			return bi_error_nomem(s->err);
	}
	return 1;
}

static int start(struct search *s)
{
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;

	bi_pair_worker_release(&s->worker);
	pop_all(&s->active);
	s->hello = false;
	plan.path = s->build->path;
	plan.argv = s->build->argv;
	plan.capture = true;
	return bi_pair_worker_start(&s->worker, &plan, s->err);
}

/* A worker that ends before it greets us will always do so. */
static int give_up(struct search *s)
{
	struct bi_buf reason = BI_BUF_INIT;
	int rc;

	bi_pair_worker_reason(&s->worker, s->patience, &reason);
	rc = bi_error_set(s->err, BENCH_EFAILED,
			  "%s: does not come up to be measured:\n%s",
			  s->build->path, bi_buf_str(&reason));
	bi_buf_release(&reason);
	return rc;
}

static int list_tops(struct search *s)
{
	struct bi_order list = {
		.kind = BI_ORDER_LIST, .name = "", .leaf = ""};
	int rc = start(s);

	if (rc < 0)
		return rc;
	bi_pair_worker_tell(&s->worker, &list);
	rc = follow(s);
	if (rc == 0 && !s->stopped)
		return give_up(s);
	return rc < 0 ? rc : 0;
}

/* The worker died: what ran last did it.  *AGAIN: there may be more of TOP. */
static int charge(struct search *s, const char *top, bool *again)
{
	size_t depth = s->active.count;
	const char *guilty = depth > 0 ? s->active.list[depth - 1] : top;
	struct bi_buf reason = BI_BUF_INIT;
	int rc;

	*again = strcmp(guilty, top) != 0;
	bi_pair_worker_reason(&s->worker, s->patience, &reason);
	rc = set_standing(s, guilty, s->active_procs, BI_STANDING_FAILED,
			  bi_buf_str(&reason));
	if (rc == 0)
		rc = push(&s->failed, guilty);
	bi_buf_release(&reason);
	return rc;
}

static int run_top(struct search *s, const char *top)
{
	bool again = true;
	int rc = 0;

	while (again && !s->stopped) {
		struct bi_order run = {
			.kind = BI_ORDER_RUN,
			.name = top,
			.leaf = "",
			.done = (const char *const *)s->done.list,
			.done_count = s->done.count,
			.failed = (const char *const *)s->failed.list,
			.failed_count = s->failed.count,
		};

		again = false;
		if (s->worker.process.pid == 0)
			rc = start(s);
		if (rc < 0)
			return rc;
		bi_pair_worker_tell(&s->worker, &run);
		rc = follow(s);
		if (rc == 0 && !s->stopped)
			rc = s->hello ? charge(s, top, &again) : give_up(s);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int bi_side_discover(const struct bi_side *builds, int side,
		     const struct bi_patience *patience,
		     struct bi_suite *suite, bool *stopped,
		     struct bench_error *err)
{
	struct search s = {
		.build = &builds[side],
		.side = side,
		.patience = patience,
		.suite = suite,
		.err = err,
		.worker = BI_PAIR_WORKER_INIT,
	};
	size_t i;
	int rc = list_tops(&s);

	for (i = 0; rc == 0 && i < s.tops.count && !s.stopped; i++) {
		rc = run_top(&s, s.tops.list[i]);
		pop_all(&s.done);
	}
	if (rc == 0 && !s.stopped)
		bi_pair_worker_quit(&s.worker, patience);
	bi_pair_worker_release(&s.worker);
	release(&s.tops);
	release(&s.done);
	release(&s.failed);
	release(&s.active);
	*stopped = s.stopped;
	return rc;
}

void bi_suite_release(struct bi_suite *suite)
{
	size_t i;

	for (i = 0; i < suite->count; i++)
		bi_row_release(&suite->row[i]);
	free(suite->row);
	bi_buf_release(&suite->note[0]);
	bi_buf_release(&suite->note[1]);
	*suite = (struct bi_suite){0};
}
