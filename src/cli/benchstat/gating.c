/* The gate of one run, from the command line. */
#include "cli/benchstat/gating.h"

#include "cli/gate_text.h"

int gating_load(const struct options *options, struct bi_gate *gate,
		struct bi_buf *message)
{
	int rc;

	gate->correct = options->correct;
	gate->alpha = options->alpha;
	gate->missing_ok = options->missing_ok;
	gate->undecided_ok = options->undecided_ok;
	rc = gate_text_load(options->gate, &gate->rules, message);
	return rc < 0 ? rc : bi_gate_start(gate);
}
