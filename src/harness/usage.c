/* What the process takes from the machine besides time (-cputime). */
#include "harness/usage.h"

#include <sys/resource.h>

#include "clock/cpu.h"
#include "harness/bench.h"

struct bi_usage bi_usage_now(void)
{
	struct rusage usage = {0};
	struct bi_usage now;

	getrusage(RUSAGE_SELF, &usage);
	now.switches = usage.ru_nvcsw + usage.ru_nivcsw;
	now.faults = usage.ru_minflt + usage.ru_majflt;
	now.cpu_ns = bi_cpu_process_ns();
	return now;
}

void bi_usage_add(struct bi_usage *sum, const struct bi_usage *from,
		  const struct bi_usage *to)
{
	sum->cpu_ns += to->cpu_ns - from->cpu_ns;
	sum->switches += to->switches - from->switches;
	sum->faults += to->faults - from->faults;
}

void bi_usage_report(struct bi_bench *bench)
{
	const struct bi_usage *used = &bench->timer.used;
	double n = (double)bench->pub.n;

	if (!bench->timer.usage || bench->pub.n == 0)
		return;
	if (bi_metrics_offer(&bench->metrics, "cpu-ns/op",
			     (double)used->cpu_ns / n) < 0 ||
	    bi_metrics_offer(&bench->metrics, "ctx-sw/op",
			     (double)used->switches / n) < 0 ||
	    bi_metrics_offer(&bench->metrics, "faults/op",
			     (double)used->faults / n) < 0)
		bi_bench_complain(bench, "out of memory");
}
