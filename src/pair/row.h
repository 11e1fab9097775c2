/* One benchmark that two builds have in common, and what its launches gave. */
#ifndef BI_PAIR_ROW_H
#define BI_PAIR_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "pair/judge.h"

enum bi_pair_metric {
	BI_PAIR_AUTO, /* not known yet */
	BI_PAIR_CPU,  /* time that the benchmark's thread had a CPU */
	BI_PAIR_WALL
};

/* What one side of a launch measured. */
struct bi_measure {
	double ns;      /* per iteration, mean of the fastest half of the slices */
	double mean_ns; /* of all slices */
	double by_ns[2];      /* the same by either clock, CPU and wall: */
	double by_mean_ns[2]; /* for whoever judges by the other */
	int64_t n;      /* iterations in these slices */
	int64_t mallocs;
	int64_t malloc_bytes;
	bool counted;
	int64_t bytes; /* of bench_set_bytes */
	struct bi_metric_value *metrics; /* the user's, by unit */
	size_t metric_count;
};

struct bi_metric_value {
	char *unit;
	double value;
};

struct bi_launch {
	struct bi_measure side[2];
	double ratio;      /* log of new over old, of the fastest halves */
	double mean_ratio; /* the same, of the means */
	int cpu;           /* where it ran; -1: anywhere */
	int64_t n;         /* iterations a slice */
	size_t slices;     /* a side */
	int64_t wall_ns;   /* of the whole launch */
	int64_t measured_ns; /* of it within the slices that count */
	int64_t warm_ns;     /* within calibration and warm-up */
	int64_t switch_ns;   /* between the slices */
	int64_t start_ns;    /* until both were open */
	int64_t switches;
	int64_t waited_ns; /* for a CPU; -1: not known */
	int64_t stolen_ns; /* by the host of a virtual machine; -1 */
	int64_t faults;
};

/* How a benchmark stands on one side. */
enum bi_standing {
	BI_STANDING_ABSENT,
	BI_STANDING_RUNS,
	BI_STANDING_SKIPPED,
	BI_STANDING_FAILED
};

struct bi_row {
	char *top;  /* the top-level benchmark it belongs to */
	char *leaf; /* full name, without "-P" */
	int procs;
	enum bi_standing standing[2];
	struct bi_buf log[2]; /* why it failed */

	enum bi_pair_metric metric;
	int64_t n;         /* iterations a slice; 0: not calibrated */
	int64_t launch_ns; /* what a launch costs besides its quads, lately */
	int64_t quad_ns;   /* and a quad */
	int kills;         /* launches lost to somebody else's SIGKILL */

	struct bi_launch *launch;
	size_t count;
	size_t capacity;
	int64_t spent_ns; /* wall time of all launches */
	bool over;        /* settled, or out of time */
	struct bi_judgement judgement;
};

/* Add LAUNCH, whose memory becomes ROW's.  0 or BENCH_ENOMEM. */
int bi_row_add(struct bi_row *row, const struct bi_launch *launch);

/* Its launches' log ratios as an array, which the caller frees; NULL: no
 * memory. */
double *bi_row_ratios(const struct bi_row *row);

/* Does it run on both sides? */
bool bi_row_runs(const struct bi_row *row);

/* The median over the launches of one side's time per iteration in ns; NaN
 * without launches or memory. */
double bi_row_ns(const struct bi_row *row, int side);

/* JUDGE with the margin that it comes to for ROW. */
struct bi_judge bi_row_judge(const struct bi_judge *judge,
			     const struct bi_row *row);

/* Judge ROW as the last look at its launches does.  0 or BENCH_ENOMEM. */
int bi_row_look(struct bi_row *row, const struct bi_judge *judge);

void bi_launch_release(struct bi_launch *launch);
void bi_row_release(struct bi_row *row);

#endif
