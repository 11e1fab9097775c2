/* Parallel benchmarks: b->n iterations shared by many threads. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "harness/bench.h"
#include "harness/profiling.h"

/* A thread takes as many iterations at once as fill about GRAIN_NS: enough to
 * make the shared counter cheap, few enough to end together. */
#define GRAIN_NS 100000
#define GRAIN_MOST 10000

/* Two threads that count down must not write to one line of the processor's
 * cache; adjacent lines are fetched in pairs. */
#define LINES 128

/* What the threads of one call share. */
struct share {
	uint64_t n;
	uint64_t grain;
	void (*body)(bench_pb *pb, void *arg);
	void *arg;
	atomic_uint_fast64_t handed_out;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool open;      /* threads may start; set with the timer running */
	bool abandoned; /* not all threads could be made: do nothing */
	size_t running; /* bodies that have not returned */
};

struct worker {
	bench_pb pub; /* first: a bench_pb * is a struct worker * */
	struct share *share;
	pthread_t thread;
	char apart[LINES - sizeof(bench_pb) - sizeof(struct share *) -
		   sizeof(pthread_t)];
};

_Static_assert(sizeof(struct worker) == LINES, "no two PUBs in one line");

bool bench_pb_next_slow(bench_pb *pb)
{
	struct share *share = ((struct worker *)pb)->share;
	uint64_t grain = share->grain;
	uint64_t upto =
		atomic_fetch_add(&share->handed_out, grain) + grain;

	if (upto <= share->n)
		pb->left = grain;
	else if (upto < share->n + grain)
		pb->left = share->n + grain - upto;
	else
		pb->left = 0; /* bench_pb_next() counted below it */
	if (pb->left == 0)
		return false;
	pb->left--;
	return true;
}

static void *run_worker(void *arg)
{
	struct worker *worker = arg;
	struct share *share = worker->share;

	bi_profiling_set_apart(true);
	pthread_mutex_lock(&share->lock);
	while (!share->open)
		pthread_cond_wait(&share->changed, &share->lock);
	pthread_mutex_unlock(&share->lock);
	bi_profiling_set_apart(false);
	if (!share->abandoned)
		share->body(&worker->pub, share->arg);
	bi_profiling_set_apart(true);
	pthread_mutex_lock(&share->lock);
	if (--share->running == 0)
		pthread_cond_broadcast(&share->changed);
	pthread_mutex_unlock(&share->lock);
	return NULL;
}

static uint64_t choose_grain(const struct bi_bench *bench)
{
	uint64_t grain = 0;

	if (bench->last_n > 0 && bench->last_ns > 0)
		grain = (uint64_t)((__int128)GRAIN_NS * bench->last_n /
				   bench->last_ns);
	if (grain < 1)
		return 1;
	return grain > GRAIN_MOST ? GRAIN_MOST : grain;
}

static void open_gate(struct share *share)
{
	pthread_mutex_lock(&share->lock);
	share->open = true;
	pthread_cond_broadcast(&share->changed);
	pthread_mutex_unlock(&share->lock);
}

static void await_bodies(struct share *share)
{
	pthread_mutex_lock(&share->lock);
	while (share->running > 0)
		pthread_cond_wait(&share->changed, &share->lock);
	pthread_mutex_unlock(&share->lock);
}

/* Threads are made and ended with the timer held: what they cost is no part of
 * an iteration.  Returns 0, or why a thread could not be made. */
static int run_threads(struct bi_bench *bench, struct share *share,
		       struct worker *workers, size_t count)
{
	bool on = bi_timer_hold(&bench->timer), apart;
	size_t made, i;
	int rc = 0;

	for (made = 0; made < count; made++) {
		workers[made].share = share;
		rc = pthread_create(&workers[made].thread, NULL, run_worker,
				    &workers[made]);
		if (rc != 0)
			break;
	}
	share->running = made;
	share->abandoned = rc != 0;
	bi_timer_release(&bench->timer, on);
	apart = bi_profiling_set_apart(true);
	open_gate(share);
	await_bodies(share);
	on = bi_timer_hold(&bench->timer);
	for (i = 0; i < made; i++)
		pthread_join(workers[i].thread, NULL);
	bi_timer_release(&bench->timer, on);
	bi_profiling_set_apart(apart);
	return rc;
}

void bench_run_parallel(bench_b *b, void (*body)(bench_pb *pb, void *arg),
			void *arg)
{
	struct bi_bench *bench = bi_bench_of(b);
	size_t count = (size_t)bench->procs * (size_t)bench->parallelism;
	struct share share = {
		.n = (uint64_t)b->n,
		.grain = choose_grain(bench),
		.body = body,
		.arg = arg,
	};
	struct worker *workers;
	bool on;
	int rc;

	bench->in_threads = true;
	if (b->n == 0)
		return;
	on = bi_timer_hold(&bench->timer);
	workers = calloc(count, sizeof(*workers));
	pthread_mutex_init(&share.lock, NULL);
	pthread_cond_init(&share.changed, NULL);
	bi_timer_release(&bench->timer, on);
	rc = workers == NULL ? ENOMEM
			     : run_threads(bench, &share, workers, count);
	on = bi_timer_hold(&bench->timer);
	free(workers);
	pthread_mutex_destroy(&share.lock);
	pthread_cond_destroy(&share.changed);
	bi_timer_release(&bench->timer, on);
	if (rc != 0) {
		bi_bench_complain(bench, "cannot start %zu threads: %s", count,
				  strerror(rc));
		bi_bench_leave(bench);
	}
	if (atomic_load(&share.handed_out) <= share.n &&
	    !atomic_load(&bench->failed)) {
		bi_bench_complain(bench, "a body of bench_run_parallel ended "
					 "before bench_pb_next() was false");
		bi_bench_leave(bench);
	}
}
