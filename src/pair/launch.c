/* One launch: two fresh processes measure one benchmark in turn.
 *
 * Everything that is done to one process is done to the other, or goes to one of
 * them by coin: when calibration always ran on the old build, a byte-identical
 * copy of it came out 1.2 % slower on a malloc benchmark, because a heap
 * remembers.  Both get one layout, drawn anew for each launch: what luck it
 * brings cancels within the pair, and is averaged over the launches. */
#include "pair/launch.h"

#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "clock/clock.h"
#include "pair/sample.h"

#define NS_PER_MS INT64_C(1000000)

/* How long a slice is to be.  Shorter ones drown in the cost of a switch, longer
 * ones leave too few undisturbed.  What is not CPU-bound has pauses of its own,
 * and is the steadier the longer it is watched. */
#define CPU_SLICE_NS (300000)
#define WALL_SLICE_NS (5 * NS_PER_MS)

/* Where set-up or the switch takes longer than this many slices, slices grow,
 * but not past LONG_SLICE_NS. */
#define OVERHEAD_SLICES 10
#define LONG_SLICE_NS (100 * NS_PER_MS)

/* Quads of four slices a launch, and how long they may take together where one
 * slice is longer than SHORT_NS; beyond PAIR_NS there is only a pair. */
#define QUADS_LEAST 10
#define QUADS_MOST 30
#define SHORT_NS NS_PER_MS
#define CPU_QUADS_NS (40 * NS_PER_MS)
#define WALL_QUADS_NS (200 * NS_PER_MS)
#define PAIR_NS (100 * NS_PER_MS)

/* The best number of quads is this times the root of what a launch costs over
 * what a quad costs: the ratio of their standard deviations (Kalibera and Jones
 * 2013), 2 % between quads and 0.7 % between launches. */
#define SPREAD_RATIO 2.8

/* Slices before the first that counts, on either side. */
#define WARM_UPS 2
#define WARM_UP_SHORT_NS (10 * NS_PER_MS)

/* N differs by up to this share from quad to quad, lest slices fall in step with
 * the kernel's tick. */
#define JITTER 0.1

#define PADDING_MOST 4096
#define HEAP_MOST (1 << 20)
#define MAP_MOST (1 << 20)
#define ALIGNMENT 16

/* A machine that kills a benchmark's processes again and again has a reason. */
#define KILLS_MOST 3

_Static_assert(2 * QUADS_MOST <= BI_SAMPLE_MOST, "all slices are kept");

/* A launch under way. */
struct session {
	struct bi_launcher *launcher;
	struct bi_row *row;
	bool same;
	struct bi_random random;
	int first; /* the side that begins, where no coin is thrown later */
	struct bi_layout layout[2];
	struct bi_pair_worker worker[2];
	struct bi_sample sample[2];
	struct bi_launch launch;
	struct bi_instant began;
	bool counts; /* the slices are measured, no longer warm-up */
	int64_t slice_cost_ns; /* there and back, the latest */
};

int bi_launcher_init(struct bi_launcher *launcher)
{
	cpu_set_t set;
	int *cpus;
	int cpu;

	launcher->fixed_layout = bi_process_can_fix_layout();
	launcher->cpus = NULL;
	launcher->cpu_count = 0;
	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 0;
	cpus = calloc(CPU_SETSIZE, sizeof(*cpus));
	if (cpus == NULL)
		return BENCH_ENOMEM;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (CPU_ISSET((size_t)cpu, &set))
			cpus[launcher->cpu_count++] = cpu;
	}
	launcher->cpus = cpus;
	return 0;
}

void bi_launcher_release(struct bi_launcher *launcher)
{
	free((void *)launcher->cpus);
	launcher->cpus = NULL;
}

/* ---- Hearing ---- */

/* Side P has failed for good. */
static enum bi_launched fail(struct session *s, int p, const char *log)
{
	int side = s->same ? 0 : p;

	s->row->standing[side] = BI_STANDING_FAILED;
	bi_buf_reset(&s->row->log[side]);
	bi_buf_adds(&s->row->log[side], log);
	bi_pair_worker_output(&s->worker[p], &s->row->log[side]);
	return BI_LAUNCH_FAILED;
}

static enum bi_launched lost(struct session *s, int p)
{
	struct bi_pair_worker *worker = &s->worker[p];
	struct bi_buf reason = BI_BUF_INIT;
	enum bi_launched result;

	if (bi_pair_worker_was_killed(worker) && s->row->kills++ < KILLS_MOST)
		return BI_LAUNCH_AGAIN;
	bi_pair_worker_reason(worker, s->launcher->patience, &reason);
	result = fail(s, p, bi_buf_str(&reason));
	bi_buf_release(&reason);
	return result;
}

/* Wait for an event of KIND from side P. */
static enum bi_launched expect(struct session *s, int p,
			       enum bi_event_kind kind,
			       const struct bi_event **event)
{
	for (;;) {
		switch (bi_pair_worker_hear(&s->worker[p],
					    s->launcher->patience, event)) {
		case BI_HEARD_END:
			return lost(s, p);
		case BI_HEARD_STOP:
			return BI_LAUNCH_STOPPED;
		case BI_HEARD_EVENT:
			break;
		}
		if ((*event)->kind == kind)
			return BI_LAUNCHED;
		if ((*event)->kind == BI_EVENT_FAIL)
			return fail(s, p, (*event)->text);
		if ((*event)->kind == BI_EVENT_SKIP)
			return fail(s, p, "    skipped, but not every time\n");
		if ((*event)->kind == BI_EVENT_DONE)
			return fail(s, p, "    there, but not every time\n");
	}
}

/* ---- Beginning ---- */

static size_t bytes_above_stack(const struct bi_side *side)
{
	size_t bytes = strlen(side->path), i;

	for (i = 0; side->argv[i] != NULL; i++)
		bytes += strlen(side->argv[i]);
	return bytes;
}

/* One layout for both: what the paths differ by is filled up. */
static void draw_layout(struct session *s)
{
	struct bi_random *random = &s->random;
	size_t padding = bi_random_below(random, PADDING_MOST);
	size_t heap = bi_random_below(random, HEAP_MOST / ALIGNMENT);
	size_t map = bi_random_below(random, MAP_MOST);
	size_t bytes[2];
	int p;

	for (p = 0; p < 2; p++)
		bytes[p] = bytes_above_stack(
			&s->launcher->side[s->same ? 0 : p]);
	for (p = 0; p < 2; p++) {
		s->layout[p] = (struct bi_layout){
			.fixed = s->launcher->fixed_layout,
			.padding = padding,
			.heap = heap * ALIGNMENT,
			.map = map,
		};
		if (bytes[p] < bytes[1 - p])
			s->layout[p].padding += bytes[1 - p] - bytes[p];
	}
}

static void choose_cpu(struct session *s)
{
	const struct bi_launcher *launcher = s->launcher;

	s->launch.cpu = -1;
	if (s->row->metric != BI_PAIR_WALL && launcher->cpu_count > 0)
		s->launch.cpu = launcher->cpus[bi_random_below(
			&s->random, launcher->cpu_count)];
}

static enum bi_launched start(struct session *s, int p)
{
	const struct bi_side *side = &s->launcher->side[s->same ? 0 : p];
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_process_plan plan = {
		.path = side->path,
		.argv = side->argv,
		.cpu = s->launch.cpu,
		.capture = true,
		.layout = &s->layout[p],
	};

	if (bi_pair_worker_start(&s->worker[p], &plan, &err) == 0)
		return BI_LAUNCHED;
	return fail(s, p, err.text);
}

static enum bi_launched open_side(struct session *s, int p)
{
	struct bi_order open = {
		.kind = BI_ORDER_OPEN,
		.name = s->row->top,
		.leaf = s->row->leaf,
		.procs = s->row->procs,
	};
	const struct bi_event *event;
	enum bi_launched result = expect(s, p, BI_EVENT_HELLO, &event);

	if (result != BI_LAUNCHED)
		return result;
	bi_pair_worker_tell(&s->worker[p], &open);
	return expect(s, p, BI_EVENT_OPENED, &event);
}

static enum bi_launched open_both(struct session *s)
{
	enum bi_launched result = start(s, s->first);

	if (result == BI_LAUNCHED)
		result = start(s, 1 - s->first);
	/* One after the other: they share a CPU. */
	if (result == BI_LAUNCHED)
		result = open_side(s, s->first);
	if (result == BI_LAUNCHED)
		result = open_side(s, 1 - s->first);
	s->launch.start_ns = bi_clock_since(s->began);
	return result;
}

/* ---- Slices ---- */

static enum bi_launched slice(struct session *s, int p, int64_t n,
			      const struct bi_event **event)
{
	struct bi_order order = {
		.kind = BI_ORDER_SLICE, .name = "", .leaf = "", .n = n};
	struct bi_instant began = bi_clock_now();
	enum bi_launched result;

	bi_pair_worker_tell(&s->worker[p], &order);
	result = expect(s, p, BI_EVENT_SLICE, event);
	s->slice_cost_ns = bi_clock_since(began);
	if (result == BI_LAUNCHED) {
		int64_t elapsed = (*event)->result.elapsed_ns;

		*(s->counts ? &s->launch.measured_ns : &s->launch.warm_ns) +=
			elapsed;
		s->launch.switch_ns += s->slice_cost_ns - elapsed;
	}
	return result;
}

/* A slice of N on either side, in random order; the mean time of the two, and
 * what each cost besides. */
static enum bi_launched try_both(struct session *s, int64_t n, double *ns,
				 double *overhead)
{
	int first = bi_random_coin(&s->random), i;
	const struct bi_event *event;

	*ns = *overhead = 0;
	for (i = 0; i < 2; i++) {
		enum bi_launched result = slice(s, first ^ i, n, &event);
		double elapsed;

		if (result != BI_LAUNCHED)
			return result;
		elapsed = (double)event->result.elapsed_ns;
		*ns += elapsed / 2;
		*overhead += ((double)s->slice_cost_ns - elapsed) / 2;
	}
	return BI_LAUNCHED;
}

static double slice_goal(const struct session *s, double overhead)
{
	double goal = s->row->metric == BI_PAIR_WALL ? WALL_SLICE_NS
						     : CPU_SLICE_NS;

	if (overhead > OVERHEAD_SLICES * goal)
		goal = fmin(overhead / OVERHEAD_SLICES, LONG_SLICE_NS);
	return goal;
}

/* Grow N until a slice of it fills half the goal. */
static enum bi_launched calibrate(struct session *s)
{
	double n = 1, ns, overhead, goal, factor;
	enum bi_launched result;

	while ((result = try_both(s, (int64_t)n, &ns, &overhead)) ==
	       BI_LAUNCHED) {
		goal = slice_goal(s, overhead);
		factor = goal / fmax(ns, 1);
		if (factor < 2 || n >= 1e15)
			break;
		/* A first, cold slice promises too little, never too much; one
		 * step too far costs little. */
		n = floor(n * fmin(factor, 100));
	}
	if (result == BI_LAUNCHED)
		s->row->n = (int64_t)fmax(1, floor(n * factor));
	return result;
}

static int warm_ups(const struct session *s)
{
	if (s->slice_cost_ns < WARM_UP_SHORT_NS)
		return WARM_UPS;
	/* What takes longer warms itself up, on both sides alike. */
	return s->slice_cost_ns < PAIR_NS;
}

static enum bi_launched warm_up(struct session *s)
{
	double ns, overhead;
	int i, count;

	if (s->row->quad_ns > 0)
		s->slice_cost_ns = s->row->quad_ns / 4;
	count = warm_ups(s);
	for (i = 0; i < count; i++) {
		enum bi_launched result =
			try_both(s, s->row->n, &ns, &overhead);

		if (result != BI_LAUNCHED)
			return result;
	}
	return BI_LAUNCHED;
}

/* Slices a launch, both sides together: four times the quads, or a pair. */
static size_t slice_count(const struct session *s)
{
	double cost = (double)s->slice_cost_ns, best;
	double most = s->row->metric == BI_PAIR_WALL ? WALL_QUADS_NS
						     : CPU_QUADS_NS;

	if (cost > PAIR_NS)
		return 2;
	if (cost > SHORT_NS || s->row->metric == BI_PAIR_WALL)
		return 4 * (size_t)fmin(fmax(most / (4 * cost), 1),
					QUADS_LEAST);
	best = s->row->quad_ns > 0
		       ? SPREAD_RATIO * sqrt((double)s->row->launch_ns /
					     (double)s->row->quad_ns)
		       : 0;
	return 4 * (size_t)fmin(fmax(best, QUADS_LEAST), QUADS_MOST);
}

/* Up to four slices, of one N: one side, the other twice, the one again. */
static enum bi_launched quad(struct session *s, size_t slices)
{
	struct bi_random *random = &s->random;
	double jitter = 1 + JITTER * (2 * bi_random_unit(random) - 1);
	int64_t n = (int64_t)llround((double)s->row->n * jitter);
	int first = bi_random_coin(random);
	size_t i;

	for (i = 0; i < slices; i++) {
		int p = i == 1 || i == 2 ? 1 - first : first;
		const struct bi_event *event;
		enum bi_launched result = slice(s, p, n < 1 ? 1 : n, &event);

		if (result != BI_LAUNCHED)
			return result;
		bi_sample_add(&s->sample[p], event);
	}
	return BI_LAUNCHED;
}

static enum bi_launched measure(struct session *s)
{
	size_t left = slice_count(s), count = left;
	struct bi_instant began = bi_clock_now();
	enum bi_launched result = BI_LAUNCHED;

	s->launch.n = s->row->n;
	s->counts = true;
	bi_sample_reset(&s->sample[0]);
	bi_sample_reset(&s->sample[1]);
	while (left > 0 && result == BI_LAUNCHED) {
		size_t slices = left < 4 ? left : 4;

		result = quad(s, slices);
		left -= slices;
	}
	s->row->quad_ns = bi_clock_since(began) * 4 / (int64_t)count;
	return result;
}

/* ---- End ---- */

static int keep_metrics(struct bi_measure *measure,
			const struct bench_result *result)
{
	size_t i;

	measure->bytes = result->bytes;
	measure->metrics = calloc(result->metric_count + 1,
				  sizeof(*measure->metrics));
	if (measure->metrics == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < result->metric_count; i++) {
		measure->metrics[i].value = result->metrics[i].value;
		measure->metrics[i].unit = strdup(result->metrics[i].unit);
		if (measure->metrics[i].unit == NULL)
			return BENCH_ENOMEM;
		measure->metric_count++;
	}
	return 0;
}

static enum bi_launched close_side(struct session *s, int p)
{
	struct bi_order close = {
		.kind = BI_ORDER_CLOSE, .name = "", .leaf = ""};
	const struct bi_event *event;
	enum bi_launched result;

	bi_pair_worker_tell(&s->worker[p], &close);
	result = expect(s, p, BI_EVENT_RESULT, &event);
	if (result == BI_LAUNCHED &&
	    keep_metrics(&s->launch.side[p], &event->result) < 0)
		return BI_LAUNCH_NO_MEMORY;
	return result;
}

static void keep_clocks(struct bi_measure *side, const struct bi_sample *sample)
{
	side->by_ns[0] = bi_sample_fast(sample, BI_PAIR_CPU);
	side->by_ns[1] = bi_sample_fast(sample, BI_PAIR_WALL);
	side->by_mean_ns[0] = bi_sample_mean(sample, BI_PAIR_CPU);
	side->by_mean_ns[1] = bi_sample_mean(sample, BI_PAIR_WALL);
}

static int64_t add_known(int64_t a, int64_t b)
{
	return a < 0 || b < 0 ? -1 : a + b;
}

/* What the slices come to. */
static enum bi_launched sum_up(struct session *s)
{
	enum bi_pair_metric metric = s->row->metric;
	struct bi_launch *launch = &s->launch;
	int p;

	for (p = 0; p < 2; p++) {
		const struct bi_sample *sample = &s->sample[p];
		struct bi_measure *side = &launch->side[p];

		side->ns = bi_sample_fast(sample, metric);
		side->mean_ns = bi_sample_mean(sample, metric);
		keep_clocks(side, sample);
		side->n = sample->n;
		side->mallocs = sample->mallocs;
		side->malloc_bytes = sample->malloc_bytes;
		side->counted = sample->counted;
		if (!(side->ns > 0))
			return fail(s, p, "    no time passes in it\n");
		launch->switches += sample->switches;
		launch->faults += sample->faults;
		launch->waited_ns = add_known(launch->waited_ns,
					      sample->waited_ns);
		launch->stolen_ns = add_known(launch->stolen_ns,
					      sample->stolen_ns);
	}
	launch->slices = s->sample[0].count;
	launch->ratio = log(launch->side[1].ns / launch->side[0].ns);
	launch->mean_ratio =
		log(launch->side[1].mean_ns / launch->side[0].mean_ns);
	return BI_LAUNCHED;
}

/* The first launch tells what time to judge by. */
static enum bi_launched choose_metric(struct session *s)
{
	struct bi_row *row = s->row;

	if (row->metric != BI_PAIR_AUTO)
		return BI_LAUNCHED;
	if (bi_sample_is_cpu_bound(&s->sample[0]) &&
	    bi_sample_is_cpu_bound(&s->sample[1])) {
		row->metric = BI_PAIR_CPU;
		return BI_LAUNCHED;
	}
	/* On all CPUs and in longer slices, then. */
	row->metric = BI_PAIR_WALL;
	row->n = 0;
	row->quad_ns = 0;
	return BI_LAUNCH_AGAIN;
}

/* Bring N up to date where the first guess was disturbed. */
static void refine(struct session *s)
{
	double ns = (s->launch.side[0].ns + s->launch.side[1].ns) / 2;
	double overhead = (double)s->row->quad_ns / 4 -
			  ns * (double)s->row->n;
	double n = floor(slice_goal(s, overhead) / ns);

	if (n > 1.5 * (double)s->row->n || n < (double)s->row->n / 1.5)
		s->row->n = (int64_t)fmax(1, fmin(n, 1e15));
}

static enum bi_launched run(struct session *s)
{
	enum bi_launched result = open_both(s);

	if (result == BI_LAUNCHED && s->row->n == 0)
		result = calibrate(s);
	if (result == BI_LAUNCHED)
		result = warm_up(s);
	if (result == BI_LAUNCHED)
		result = measure(s);
	if (result == BI_LAUNCHED)
		result = close_side(s, s->first);
	if (result == BI_LAUNCHED)
		result = close_side(s, 1 - s->first);
	if (result == BI_LAUNCHED)
		result = choose_metric(s);
	if (result == BI_LAUNCHED)
		result = sum_up(s);
	return result;
}

enum bi_launched bi_launch_run(struct bi_launcher *launcher, struct bi_row *row,
			       bool same, struct bi_launch *out)
{
	struct session s = {
		.launcher = launcher,
		.row = row,
		.same = same,
		/* How many coins a launch throws depends on the machine: the
		 * next launch's are to be the same all the same. */
		.random = {bi_random_bits(&launcher->random)},
		.worker = {BI_PAIR_WORKER_INIT, BI_PAIR_WORKER_INIT},
		.began = bi_clock_now(),
	};
	enum bi_launched result;

	s.first = bi_random_coin(&s.random);
	if (row->metric == BI_PAIR_AUTO)
		row->metric = launcher->metric;
	choose_cpu(&s);
	draw_layout(&s);
	result = run(&s);
	if (result == BI_LAUNCHED) {
		bi_pair_worker_quit(&s.worker[s.first], launcher->patience);
		bi_pair_worker_quit(&s.worker[1 - s.first],
				    launcher->patience);
	}
	bi_pair_worker_release(&s.worker[0]);
	bi_pair_worker_release(&s.worker[1]);
	s.launch.wall_ns = bi_clock_since(s.began);
	if (result != BI_LAUNCHED) {
		bi_launch_release(&s.launch);
		return result;
	}
	row->launch_ns = s.launch.wall_ns -
			 row->quad_ns * (int64_t)s.launch.slices / 2;
	refine(&s);
	*out = s.launch;
	return result;
}
