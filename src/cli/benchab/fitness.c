/* What can be told beforehand of machine and builds.  Doubts, not verdicts: the
 * comparison of OLD with itself decides whether the run is fit. */
#include "cli/benchab/fitness.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/benchab/builds.h"
#include "wire/process.h"

/* That we may choose among; 0: none can be chosen. */
static int cpu_count(void)
{
	cpu_set_t set;

	/* Where we may not move, the workers may not either. */
	if (sched_getaffinity(0, sizeof(set), &set) < 0 ||
	    sched_setaffinity(0, sizeof(set), &set) < 0)
		return 0;
	return CPU_COUNT(&set);
}

static int doubt_machine(struct bi_buf *out)
{
	static const char governor_path[] =
		"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
	char governor[32] = "";
	FILE *file = fopen(governor_path, "r");
	double load[1] = {0};
	int cpus = cpu_count(), rc = 0;

	if (file != NULL) {
		if (fgets(governor, sizeof(governor), file) == NULL)
			governor[0] = '\0';
		fclose(file);
		governor[strcspn(governor, "\n")] = '\0';
	}
	if (cpus == 0)
		rc = bi_buf_adds(out, "the CPUs cannot be chosen: more "
				      "launches will be needed\n");
	if (cpus == 1)
		rc = bi_buf_adds(out, "one CPU only: what else runs takes "
				      "turns with the benchmarks\n");
	if (rc == 0 && cpus > 0 && getloadavg(load, 1) == 1 &&
	    load[0] > 1.5 * cpus)
		rc = bi_buf_addf(out, "the machine is busy: load %.1f on %d "
				      "CPUs\n",
				 load[0], cpus);
	if (rc == 0 && strcmp(governor, "powersave") == 0)
		rc = bi_buf_adds(out, "the CPU's governor is powersave\n");
	if (rc == 0 && !bi_process_can_fix_layout())
		rc = bi_buf_adds(
			out,
			"the kernel keeps address layouts random "
			"(personality() is refused, as Docker's default "
			"profile does): more launches will be needed\n");
	if (rc == 0 && access("/proc/self/schedstat", R_OK) != 0)
		rc = bi_buf_adds(out, "/proc does not say how long threads "
				      "wait: not told apart from sleep\n");
	return rc;
}

int fitness_doubts(const char *old, const char *new, struct bi_buf *out)
{
	int rc = doubt_machine(out);

	return rc == 0 ? builds_doubts(old, new, out) : rc;
}
