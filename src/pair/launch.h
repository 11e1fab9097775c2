/* One launch: two fresh processes measure one benchmark in turn. */
#ifndef BI_PAIR_LAUNCH_H
#define BI_PAIR_LAUNCH_H

#include "base/random.h"
#include "pair/row.h"
#include "pair/side.h"
#include "pair/worker.h"

/* What all launches of a run have in common. */
struct bi_launcher {
	const struct bi_side *side; /* two: old, new */
	const struct bi_patience *patience;
	struct bi_random random;
	bool fixed_layout; /* the kernel lets us choose it */
	const int *cpus;   /* that we may use */
	size_t cpu_count;
	enum bi_pair_metric metric; /* AUTO: each benchmark as it is */
};

/* Find out what the kernel allows.  0 or BENCH_ENOMEM. */
int bi_launcher_init(struct bi_launcher *launcher);
void bi_launcher_release(struct bi_launcher *launcher);

enum bi_launched {
	BI_LAUNCHED,
	BI_LAUNCH_AGAIN,  /* it says nothing: calibrated another way, or a
			   * process was killed by somebody else */
	BI_LAUNCH_FAILED, /* ROW's standing and log say why */
	BI_LAUNCH_STOPPED,
	BI_LAUNCH_NO_MEMORY
};

/* Launch ROW; with SAME both processes are of the old build.  *OUT is the
 * caller's when BI_LAUNCHED. */
enum bi_launched bi_launch_run(struct bi_launcher *launcher, struct bi_row *row,
			       bool same, struct bi_launch *out);

#endif
