/* Who makes threads. */
#include "profile/events.h"
#include "profile/kind.h"
#include "profile/thread.h"

static struct bi_events creations;

static void thread_created(const void *caller)
{
	if (!bi_thread_is_apart())
		bi_events_add(&creations, caller, 1, 0);
}

const struct bi_thread_watcher bi_threadcreate_threads = {
	.gate = &creations.gate,
	.created = thread_created,
};

static int start(int64_t rate, struct bench_error *err)
{
	(void)rate;
	return bi_events_start(&creations, err);
}

static void stop(void)
{
	bi_events_stop(&creations);
}

static void forget(void)
{
	bi_events_forget(&creations);
}

static void forked(void)
{
	bi_events_forked(&creations);
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	out->type[0] = (struct bi_value_type){"threadcreate", "count"};
	out->type_count = 1;
	out->period_type = out->type[0];
	out->period = 1;
	return bi_events_collect(&creations, out) == 0 ? 0
						       : bi_error_nomem(err);
}

const struct bi_kind bi_threadcreate_kind = {
	.name = "threadcreate",
	.description = "where threads are made",
	.default_rate = 1,
	.start = start,
	.stop = stop,
	.collect = collect,
	.forget = forget,
	.forked = forked,
};
