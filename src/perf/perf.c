/* Counting events between start and stop.
 *
 * Events of the processor go in groups, which are counted at the same time or
 * not at all: their ratios are true even where groups take turns.  Each event is
 * read by itself, because a group that threads inherit cannot be read at
 * once. */
#include "perf/perf.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* So many counters has about every processor, also those that halve them
 * between two threads of a core. */
#define GROUP_SIZE 4

/* From this level on the kernel's share is not ours to see (perf_event_open(2),
 * /proc/sys/kernel/perf_event_paranoid). */
#define PARANOID_USER_ONLY 2

/* Starts and stops of one estimate of what they cost, and estimates, of which
 * the least counts: an interrupt adds, nothing takes off. */
#define PAIRS	32
#define BATCHES 5

struct counter {
	const struct bi_perf_event *event;
	int fd;	   /* -1: none */
	int error; /* errno; 0: none */
	bool leads;
	struct bi_perf_reading base; /* at the reset */
	uint64_t used;	/* BI_PERF_USAGE: in finished stretches */
	double cost; /* of a start and a stop */
};

struct bi_perf {
	const struct bi_perf_system *system;
	struct counter counter[BI_PERF_MOST];
	size_t count;
	bool has_usage;
	bool user_only;
	bool on;
	uint64_t pairs; /* since the reset */
	uint64_t since[BI_PERF_USAGES];
};

static int open_counter(const struct bi_perf *perf, struct counter *counter,
			int leader)
{
	struct perf_event_attr attr = {
		.type = counter->event->type,
		.size = sizeof(attr),
		.config = counter->event->config,
		.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED |
			       PERF_FORMAT_TOTAL_TIME_RUNNING,
		.disabled = leader < 0,
		.inherit = 1,
		.exclude_hv = 1,
		/* What the kernel counts, it counts in the kernel. */
		.exclude_kernel = perf->user_only &&
				  counter->event->source == BI_PERF_HARDWARE,
	};
	int fd = perf->system->open(&attr, leader);

	counter->fd = fd < 0 ? -1 : fd;
	counter->error = fd < 0 ? -fd : 0;
	counter->leads = fd >= 0 && leader < 0;
	return counter->fd;
}

static void open_all(struct bi_perf *perf)
{
	int leader = -1, size = 0;
	size_t i;

	for (i = 0; i < perf->count; i++) {
		struct counter *counter = &perf->counter[i];

		switch (counter->event->source) {
		case BI_PERF_USAGE:
			perf->has_usage = true;
			break;
		case BI_PERF_KERNEL:
			open_counter(perf, counter, -1);
			break;
		case BI_PERF_HARDWARE:
			if (size == 0 ||
			    open_counter(perf, counter, leader) < 0) {
				/* A group may be full before its time. */
				if (open_counter(perf, counter, -1) < 0)
					break;
				leader = counter->fd;
				size = 0;
			}
			size = (size + 1) % GROUP_SIZE;
			break;
		}
	}
}

static void enable(const struct bi_perf *perf, bool on)
{
	size_t i;

	/* What cannot be turned on reads as never counted. */
	for (i = 0; i < perf->count; i++) {
		if (perf->counter[i].leads)
			perf->system->enable(perf->counter[i].fd, on);
	}
}

void bi_perf_start(struct bi_perf *perf)
{
	if (perf == NULL || perf->on)
		return;
	perf->on = true;
	if (perf->has_usage)
		perf->system->usage(perf->since);
	/* The processor's counters are the last thing on, and the first off. */
	enable(perf, true);
}

void bi_perf_stop(struct bi_perf *perf)
{
	uint64_t now[BI_PERF_USAGES];
	size_t i;

	if (perf == NULL || !perf->on)
		return;
	enable(perf, false);
	perf->on = false;
	perf->pairs++;
	if (!perf->has_usage)
		return;
	perf->system->usage(now);
	for (i = 0; i < perf->count; i++) {
		struct counter *counter = &perf->counter[i];
		uint64_t place = counter->event->config;

		if (counter->event->source == BI_PERF_USAGE)
			counter->used += now[place] - perf->since[place];
	}
}

void bi_perf_reset(struct bi_perf *perf)
{
	size_t i;

	if (perf == NULL)
		return;
	bi_perf_stop(perf);
	perf->pairs = 0;
	for (i = 0; i < perf->count; i++) {
		struct counter *counter = &perf->counter[i];

		counter->used = 0;
		if (counter->fd >= 0)
			counter->error = -perf->system->read(counter->fd,
							     &counter->base);
	}
}

/* The count of COUNTER as it is; NaN: not known. */
static double raw(const struct bi_perf *perf, const struct counter *counter)
{
	struct bi_perf_reading now;
	double enabled, running;

	if (counter->event->source == BI_PERF_USAGE)
		return (double)counter->used;
	if (counter->fd < 0 || counter->error != 0 ||
	    perf->system->read(counter->fd, &now) < 0)
		return (double)NAN;
	enabled = (double)(now.enabled - counter->base.enabled);
	running = (double)(now.running - counter->base.running);
	if (running == 0)
		return enabled == 0 ? 0 : (double)NAN;
	return (double)(now.count - counter->base.count) *
	       (enabled / running);
}

/* What a start and a stop with nothing between them count. */
static void calibrate(struct bi_perf *perf)
{
	double cost[BI_PERF_MOST];
	size_t i;
	int batch, pair;

	for (batch = 0; batch < BATCHES; batch++) {
		bi_perf_reset(perf);
		for (pair = 0; pair < PAIRS; pair++) {
			bi_perf_start(perf);
			bi_perf_stop(perf);
		}
		for (i = 0; i < perf->count; i++) {
			double one = raw(perf, &perf->counter[i]) / PAIRS;

			/* fmin takes the one that is no NaN. */
			cost[i] = batch == 0 ? one : fmin(cost[i], one);
		}
	}
	for (i = 0; i < perf->count; i++)
		perf->counter[i].cost = isnan(cost[i]) ? 0 : cost[i];
	bi_perf_reset(perf);
}

struct bi_perf *bi_perf_new(const struct bi_perf_list *list,
			    const struct bi_perf_system *system)
{
	struct bi_perf *perf = calloc(1, sizeof(*perf));
	size_t i;

	if (perf == NULL)
		return NULL;
	perf->system = system;
	perf->count = list->count;
	perf->user_only = system->paranoid() >= PARANOID_USER_ONLY;
	for (i = 0; i < list->count; i++)
		perf->counter[i] = (struct counter){.event = list->event[i],
						    .fd = -1};
	open_all(perf);
	calibrate(perf);
	return perf;
}

void bi_perf_free(struct bi_perf *perf)
{
	size_t i;

	if (perf == NULL)
		return;
	/* Those that follow a leader first. */
	for (i = perf->count; i-- > 0;) {
		if (perf->counter[i].fd >= 0)
			perf->system->close(perf->counter[i].fd);
	}
	free(perf);
}

bool bi_perf_value(const struct bi_perf *perf, size_t i, double *value)
{
	const struct counter *counter = &perf->counter[i];
	double count = raw(perf, counter);

	if (isnan(count))
		return false;
	*value = fmax(0, count - (double)perf->pairs * counter->cost);
	return true;
}

/* Whether any of the processor's counters is ours. */
static bool has_hardware(const struct bi_perf *perf)
{
	size_t i;

	for (i = 0; i < perf->count; i++) {
		if (perf->counter[i].fd >= 0 &&
		    perf->counter[i].event->source == BI_PERF_HARDWARE)
			return true;
	}
	return false;
}

/* Why the kernel answers ERROR. */
static int add_cause(const struct bi_perf *perf, int error, struct bi_buf *out)
{
	const char *where = perf->system->contained() ? " (a container)" : "";
	int level = perf->system->paranoid();

	switch (error) {
	case ENOENT:
	case ENODEV:
	case EOPNOTSUPP:
		return bi_buf_adds(out, has_hardware(perf)
						? "the processor has no such "
						  "counter"
						: "no PMU, as in a virtual "
						  "machine (ENOENT)");
	case EACCES:
	case EPERM:
		if (level > PARANOID_USER_ONLY &&
		    level != BI_PERF_PARANOID_UNKNOWN)
			return bi_buf_addf(out,
					   "kernel.perf_event_paranoid is %d%s",
					   level, where);
		if (perf->user_only && level != BI_PERF_PARANOID_UNKNOWN)
			return bi_buf_addf(
				out,
				"kernel.perf_event_paranoid is %d, or seccomp "
				"refuses it%s",
				level, where);
		return bi_buf_addf(out, "seccomp or a missing CAP_PERFMON "
					"refuses it%s",
				   where);
	case ENOSYS:
		return bi_buf_addf(out, "the kernel has no perf_event_open, or "
					"seccomp hides it%s",
				   where);
	case EMFILE:
		return bi_buf_adds(out, "too many open files");
	default:
		return bi_buf_addf(out, "perf_event_open: %s", strerror(error));
	}
}

/* Append the names of the counters that fail as COUNTER does. */
static int add_names(const struct bi_perf *perf, const struct counter *first,
		     struct bi_buf *out)
{
	const struct counter *end = perf->counter + perf->count, *counter;
	int rc = 0;

	for (counter = first; rc == 0 && counter < end; counter++) {
		if (counter->error != first->error)
			continue;
		if (counter > first)
			rc = bi_buf_adds(out, ", ");
		if (rc == 0)
			rc = bi_buf_adds(out, counter->event->name);
	}
	return rc;
}

/* Whether a counter before COUNTER fails likewise. */
static bool is_known(const struct bi_perf *perf, const struct counter *counter)
{
	const struct counter *before;

	for (before = perf->counter; before < counter; before++) {
		if (before->error == counter->error)
			return true;
	}
	return false;
}

static int add_part(struct bi_buf *out, bool first)
{
	return bi_buf_adds(out, first ? "-perf: " : "; ");
}

int bi_perf_explain(const struct bi_perf *perf, struct bi_buf *out)
{
	bool first = true;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < perf->count; i++) {
		const struct counter *counter = &perf->counter[i];

		if (counter->error == 0 || is_known(perf, counter))
			continue;
		rc = add_part(out, first);
		first = false;
		if (rc == 0)
			rc = bi_buf_adds(out, "not counted: ");
		if (rc == 0)
			rc = add_names(perf, counter, out);
		if (rc == 0)
			rc = bi_buf_adds(out, ": ");
		if (rc == 0)
			rc = add_cause(perf, counter->error, out);
	}
	if (rc == 0 && has_hardware(perf) && perf->user_only) {
		rc = add_part(out, first);
		if (rc == 0)
			rc = bi_buf_adds(out, "without the kernel's share: "
					      "kernel.perf_event_paranoid is "
					      "above 1");
	}
	return rc;
}
