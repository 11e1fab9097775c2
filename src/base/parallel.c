/* Work on several threads. */
#include "base/parallel.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"

/* More would only wait for each other. */
#define MOST_THREADS 64

struct call {
	bi_parallel_work *work;
	void *arg;
	int rc;
	pthread_t thread;
};

static void *start(void *arg)
{
	struct call *call = arg;

	call->rc = call->work(call->arg);
	return NULL;
}

int bi_parallel(unsigned threads, bi_parallel_work *work, void *arg)
{
	struct call call[MOST_THREADS];
	unsigned count = 0;
	int rc;

	while (count + 1 < threads && count < MOST_THREADS) {
		call[count] = (struct call){.work = work, .arg = arg};
		if (pthread_create(&call[count].thread, NULL, start,
				   &call[count]) != 0)
			break;
		count++;
	}
	rc = work(arg);
	while (count > 0) {
		pthread_join(call[--count].thread, NULL);
		if (rc == 0)
			rc = call[count].rc;
	}
	return rc;
}

/* A pipeline at work.  Whoever has nothing better to do claims the next job:
 * the extra threads all the time, the caller while the job whose result it
 * wants next is still being done.  Without extra threads the caller does all
 * of it. */
struct flow {
	const struct bi_pipeline *pipeline;
	pthread_t caller;
	pthread_mutex_t mutex; /* for all below */
	pthread_cond_t changed;
	size_t claimed; /* jobs that were begun */
	size_t taken;
	bool *done; /* of job I, at I % window */
	bool stopped;
};

static bool is_claimable(const struct flow *flow)
{
	return !flow->stopped && flow->claimed < flow->pipeline->count &&
	       flow->claimed < flow->taken + flow->pipeline->window;
}

/* Do the next job.  The mutex is held, but not while the job is done. */
static void claim(struct flow *flow)
{
	const struct bi_pipeline *pipeline = flow->pipeline;
	size_t i = flow->claimed++;

	pthread_mutex_unlock(&flow->mutex);
	pipeline->run(pipeline->arg, i);
	pthread_mutex_lock(&flow->mutex);
	flow->done[i % pipeline->window] = true;
	pthread_cond_broadcast(&flow->changed);
}

/* Take the next result, or bring it nearer.  The mutex is held, but not while
 * the result is taken. */
static int take_next(struct flow *flow)
{
	const struct bi_pipeline *pipeline = flow->pipeline;
	bool *done = &flow->done[flow->taken % pipeline->window];
	int rc;

	if (!*done) {
		if (is_claimable(flow))
			claim(flow);
		else
			pthread_cond_wait(&flow->changed, &flow->mutex);
		return 0;
	}
	pthread_mutex_unlock(&flow->mutex);
	rc = pipeline->take(pipeline->arg, flow->taken);
	pthread_mutex_lock(&flow->mutex);
	*done = false;
	flow->taken++;
	pthread_cond_broadcast(&flow->changed);
	return rc;
}

/* What every thread does. */
static int run_flow(void *arg)
{
	struct flow *flow = arg;
	size_t count = flow->pipeline->count;
	bool is_caller = pthread_equal(flow->caller, pthread_self()) != 0;
	int rc = 0;

	pthread_mutex_lock(&flow->mutex);
	while (rc == 0 && !flow->stopped && flow->taken < count) {
		if (is_caller)
			rc = take_next(flow);
		else if (is_claimable(flow))
			claim(flow);
		else if (flow->claimed == count)
			break;
		else
			pthread_cond_wait(&flow->changed, &flow->mutex);
	}
	if (is_caller) {
		flow->stopped = true;
		pthread_cond_broadcast(&flow->changed);
	}
	pthread_mutex_unlock(&flow->mutex);
	return rc;
}

int bi_pipeline(const struct bi_pipeline *pipeline, unsigned threads)
{
	struct flow flow = {.pipeline = pipeline,
			    .caller = pthread_self(),
			    .mutex = PTHREAD_MUTEX_INITIALIZER,
			    .changed = PTHREAD_COND_INITIALIZER};
	int rc;

	flow.done = calloc(pipeline->window, sizeof(*flow.done));
	if (flow.done == NULL)
		return BENCH_ENOMEM;
	rc = bi_parallel(threads, run_flow, &flow);
	pthread_cond_destroy(&flow.changed);
	pthread_mutex_destroy(&flow.mutex);
	free(flow.done);
	return rc;
}
