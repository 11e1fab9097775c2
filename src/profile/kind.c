/* The kinds of profile, and what starts, stops and writes them. */
#include "profile/kind.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "clock/clock.h"
#include "profile/folded.h"
#include "profile/guard.h"
#include "profile/gzip.h"
#include "profile/heap.h"
#include "profile/label.h"
#include "profile/mapping.h"
#include "profile/output.h"
#include "profile/proto.h"
#include "profile/stack.h"
#include "profile/symbol.h"
#include "profile/text.h"

static const struct bi_kind *const kinds[] = {
	&bi_cpu_kind,
	&bi_heap_kind,
	&bi_allocs_kind,
#ifndef BENCH_NO_LOCKPROF
	&bi_block_kind,
	&bi_mutex_kind,
#endif
	&bi_threadcreate_kind,
	&bi_threads_kind,
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* A kind's present recording. */
struct session {
	bool on;
	bool lent;  /* on only as long as somebody needs it */
	int needed; /* bi_kind_need() without bi_kind_done() */
	struct bi_instant began;
	int64_t time_ns; /* since 1970 */
};

static struct {
	pthread_mutex_t lock;
	struct session session[KINDS];
} state = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- Forks ---- */

static void before_fork(void)
{
	pthread_mutex_lock(&state.lock);
	bi_label_lock();
	bi_heap_before_fork();
}

static void after_fork(void)
{
	bi_heap_after_fork();
	bi_label_unlock();
	pthread_mutex_unlock(&state.lock);
}

static void in_child(void)
{
	size_t i;

	for (i = 0; i < KINDS; i++) {
		if (state.session[i].on && kinds[i]->forked != NULL)
			kinds[i]->forked();
		state.session[i].on = false;
		state.session[i].needed = 0;
	}
	after_fork();
}

__attribute__((constructor)) static void watch_forks(void)
{
	pthread_atfork(before_fork, after_fork, in_child);
}

/* ---- The table ---- */

const struct bi_kind *bi_kind_at(size_t index)
{
	return index < KINDS ? kinds[index] : NULL;
}

const char *bench_profile_kind(size_t index)
{
	return index < KINDS ? kinds[index]->name : NULL;
}

const struct bi_kind *bi_kind_find(const char *name)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

static struct session *session_of(const struct bi_kind *kind)
{
	size_t i = 0;

	while (kinds[i] != kind)
		i++;
	return &state.session[i];
}

static int find(const char *name, const struct bi_kind **kind,
		struct bench_error *err)
{
	*kind = bi_kind_find(name);
	if (*kind == NULL)
		return bi_error_set(err, BENCH_EINPUT, "unknown profile '%s'",
				    name);
	return 0;
}

/* ---- Recording ---- */

static int64_t now_since_1970(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int start_locked(const struct bi_kind *kind, int64_t rate,
			struct bench_error *err)
{
	struct session *session = session_of(kind);
	int rc;

	if (kind->start == NULL)
		return bi_error_set(err, BENCH_ENOTSUP,
				    "%s profiles are not started", kind->name);
	if (session->on)
		return bi_error_set(err, BENCH_EBUSY,
				    "%s profiling already in use", kind->name);
	bi_guard_enter();
	bi_stack_prepare();
	session->began = bi_clock_now();
	session->time_ns = now_since_1970();
	rc = kind->start(rate > 0 ? rate : kind->default_rate, err);
	session->on = rc == 0;
	session->lent = false;
	bi_guard_leave();
	return rc;
}

int bench_profile_start(const char *name, int64_t rate, struct bench_error *err)
{
	const struct bi_kind *kind;
	int rc = find(name, &kind, err);

	if (rc < 0)
		return rc;
	pthread_mutex_lock(&state.lock);
	rc = start_locked(kind, rate, err);
	pthread_mutex_unlock(&state.lock);
	return rc;
}

static int check_locked(const struct bi_kind *kind, struct bench_error *err)
{
	if (kind->start != NULL && !session_of(kind)->on)
		return bi_error_set(err, BENCH_EINPUT,
				    "%s profiling not started", kind->name);
	return 0;
}

/* Is there anything to write?  Asked before a file is emptied for it. */
static int check(const struct bi_kind *kind, struct bench_error *err)
{
	int rc;

	pthread_mutex_lock(&state.lock);
	rc = check_locked(kind, err);
	pthread_mutex_unlock(&state.lock);
	return rc;
}

/* What KIND has, as samples alone. */
static int collect_locked(const struct bi_kind *kind, struct bi_profile *out,
			  struct bench_error *err)
{
	const struct session *session = session_of(kind);
	int rc = check_locked(kind, err);

	if (rc < 0)
		return rc;
	out->name = kind->name;
	out->time_ns = now_since_1970();
	if (session->on) {
		out->time_ns = session->time_ns;
		out->duration_ns = bi_clock_since(session->began);
	}
	bi_stack_prepare();
	return kind->collect(out, err);
}

/* Names for what is left of the samples. */
static int resolve_locked(struct bi_profile *profile, struct bench_error *err)
{
	int rc = bi_profile_merge(profile);

	if (rc == 0)
		rc = bi_mapping_read(profile, err);
	if (rc == 0)
		rc = bi_symbol_resolve(profile);
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

int bi_kind_sample(const struct bi_kind *kind, struct bi_profile *out,
		   struct bench_error *err)
{
	int rc;

	*out = (struct bi_profile)BI_PROFILE_INIT;
	bi_guard_enter();
	pthread_mutex_lock(&state.lock);
	rc = collect_locked(kind, out, err);
	pthread_mutex_unlock(&state.lock);
	if (rc == 0)
		rc = bi_profile_merge(out);
	bi_guard_leave();
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

int bi_kind_resolve(struct bi_profile *profile, struct bench_error *err)
{
	int rc;

	bi_guard_enter();
	pthread_mutex_lock(&state.lock);
	rc = resolve_locked(profile, err);
	pthread_mutex_unlock(&state.lock);
	bi_guard_leave();
	return rc;
}

int bi_kind_collect(const struct bi_kind *kind, struct bi_profile *out,
		    struct bench_error *err)
{
	int rc = bi_kind_sample(kind, out, err);

	return rc < 0 ? rc : bi_kind_resolve(out, err);
}

/* ---- Writing ---- */

int bi_kind_format(const struct bi_kind *kind,
		   const struct bi_profile *profile,
		   enum bench_profile_format format, struct bi_buf *out,
		   struct bench_error *err)
{
	struct bi_buf plain = BI_BUF_INIT;
	int rc = BENCH_EINPUT;

	bi_guard_enter();
	switch (format) {
	case BENCH_PROFILE_PROTO:
		rc = bi_proto_write(profile, &plain);
		if (rc == 0)
			rc = bi_gzip(plain.data, plain.len, out);
		bi_buf_release(&plain);
		break;
	case BENCH_PROFILE_TEXT:
		rc = kind->text != NULL ? kind->text(profile, out)
					: bi_text_write(profile, out);
		break;
	case BENCH_PROFILE_FOLDED:
		rc = bi_folded_write(profile, out);
		break;
	case BENCH_PROFILE_STACKS:
		rc = kind->stacks != NULL
			     ? kind->stacks(profile, out)
			     : bi_kind_format(kind, profile,
					      BENCH_PROFILE_TEXT, out, err);
		break;
	}
	bi_guard_leave();
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

/* Collect and format KIND, and end its recording if LAST. */
static int render(const struct bi_kind *kind,
		  const struct bench_profile_output *output, bool last,
		  struct bi_buf *bytes, struct bench_error *err)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	struct session *session = session_of(kind);
	int rc;

	bi_guard_enter();
	pthread_mutex_lock(&state.lock);
	last = last && session->on;
	if (last)
		kind->stop();
	rc = collect_locked(kind, &profile, err);
	if (last) {
		kind->forget();
		session->on = false;
	}
	if (rc == 0 && output->benchmark != NULL)
		bi_profile_keep(&profile, output->benchmark);
	if (rc == 0)
		rc = resolve_locked(&profile, err);
	pthread_mutex_unlock(&state.lock);
	if (rc == 0)
		rc = bi_kind_format(kind, &profile, output->format, bytes, err);
	bi_profile_release(&profile);
	bi_guard_leave();
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

static int write_out(const struct bi_kind *kind,
		     const struct bench_profile_output *output, bool last,
		     struct bench_error *err)
{
	struct bi_buf bytes = BI_BUF_INIT;
	struct bi_output out;
	int rc, closed;

	rc = check(kind, err);
	if (rc == 0)
		rc = bi_output_open(&out, output, err);
	if (rc < 0)
		return rc;
	rc = render(kind, output, last, &bytes, err);
	if (rc == 0)
		rc = bi_output_write(&out, bytes.data, bytes.len, err);
	closed = bi_output_close(&out, err);
	bi_buf_release(&bytes);
	return rc < 0 ? rc : closed;
}

int bench_profile_write(const char *name,
			const struct bench_profile_output *output,
			struct bench_error *err)
{
	const struct bi_kind *kind;
	int rc = find(name, &kind, err);

	return rc < 0 ? rc : write_out(kind, output, false, err);
}

static int discard(const struct bi_kind *kind, struct bench_error *err)
{
	struct session *session = session_of(kind);
	int rc = 0;

	pthread_mutex_lock(&state.lock);
	if (session->on) {
		kind->stop();
		kind->forget();
		session->on = false;
	} else {
		rc = bi_error_set(err, BENCH_EINPUT, "%s profiling not started",
				  kind->name);
	}
	pthread_mutex_unlock(&state.lock);
	return rc;
}

/* ---- On loan ---- */

int bi_kind_need(const struct bi_kind *kind, struct bench_error *err)
{
	struct session *session = session_of(kind);
	int rc = 0;

	pthread_mutex_lock(&state.lock);
	if (kind->start != NULL && !session->on) {
		rc = start_locked(kind, 0, err);
		session->lent = rc == 0;
	}
	if (rc == 0)
		session->needed++;
	pthread_mutex_unlock(&state.lock);
	return rc;
}

void bi_kind_done(const struct bi_kind *kind)
{
	struct session *session = session_of(kind);

	pthread_mutex_lock(&state.lock);
	if (session->needed > 0)
		session->needed--;
	if (session->needed == 0 && session->on && session->lent) {
		kind->stop();
		kind->forget();
		session->on = false;
	}
	pthread_mutex_unlock(&state.lock);
}

/* ---- Stopping ---- */

int bench_profile_stop(const char *name,
		       const struct bench_profile_output *output,
		       struct bench_error *err)
{
	const struct bi_kind *kind;
	int rc = find(name, &kind, err);

	if (rc < 0)
		return rc;
	return output == NULL ? discard(kind, err)
			      : write_out(kind, output, true, err);
}
