/* -reanalyse: the launches of a comparison on file, judged again. */
#include "cli/benchab/again.h"

#include <stdio.h>

#include "base/error.h"
#include "pair/finish.h"

static int slurp(const char *path, struct bi_buf *text, struct bench_error *err)
{
	FILE *file = fopen(path, "rb");
	char chunk[8192];
	size_t n;
	int rc = 0;

	if (file == NULL)
		return bi_error_errno(err, "cannot open", path);
	while (rc == 0 && (n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		rc = bi_buf_add(text, chunk, n);
	if (rc < 0)
		rc = bi_error_nomem(err);
	else if (ferror(file))
		rc = bi_error_errno(err, "cannot read", path);
	fclose(file);
	return rc;
}

int again_load(struct bi_record *record, const char *directory,
	       struct bench_error *err)
{
	struct bi_buf path = BI_BUF_INIT, text = BI_BUF_INIT;
	int rc = bi_buf_addf(&path, "%s/launches.jsonl", directory);

	if (rc < 0)
		rc = bi_error_nomem(err);
	else
		rc = slurp(path.data, &text, err);
	if (rc == 0)
		rc = bi_record_read(record, path.data, bi_buf_str(&text),
				    text.len, err);
	bi_buf_release(&path);
	bi_buf_release(&text);
	return rc;
}

void again_defaults(const struct bi_record *record, struct options *options)
{
	const struct bi_pair_plan *plan = &record->plan;
	const struct bi_record_terms *terms = &record->terms;

	options->alpha = plan->alpha;
	/* A margin in nanoseconds is a rule of the gate, and comes with it. */
	if (plan->margin_ns == 0)
		options->margin = plan->margin;
	options->exact = plan->exact;
	options->correction = plan->correction;
	options->strict = terms->strict;
	options->undecided_passes = terms->undecided_passes;
	options->missing_ok = terms->missing_ok;
	options->gate = terms->gate[0] != '\0' ? terms->gate : NULL;
}

int again_judge(struct bi_record *record, const struct options *options,
		struct bench_error *err)
{
	struct bi_pair_plan *plan = &record->plan;
	int rc;

	plan->alpha = options->alpha;
	plan->margin = options->margin;
	plan->margin_ns = options->margin_ns;
	plan->exact = options->exact;
	plan->correction = options->correction;
	if (options->seed_given)
		plan->seed = options->seed;
	rc = bi_record_use_metric(record, options->metric, err);
	if (rc == 0 && bi_pair_judge_again(&record->run) < 0)
		rc = bi_error_nomem(err);
	return rc;
}
