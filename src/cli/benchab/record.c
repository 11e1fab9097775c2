/* -o DIR: what a comparison leaves in files. */
#include "cli/benchab/record.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "fmt/writer.h"
#include "pair/record.h"

#if defined(__x86_64__)
#define ARCHITECTURE "amd64"
#elif defined(__aarch64__)
#define ARCHITECTURE "arm64"
#else
#define ARCHITECTURE "unknown"
#endif

static int add_config(const struct options *options, struct bi_buf *out)
{
	size_t i;
	int rc = bi_writer_config(out, "goos", "linux");

	if (rc == 0)
		rc = bi_writer_config(out, "goarch", ARCHITECTURE);
	for (i = 0; i < options->config_count && rc == 0; i++) {
		const char *pair = options->config[i];
		const char *equals = strchr(pair, '=');
		char *name = strndup(pair, (size_t)(equals - pair));

		rc = name == NULL ? BENCH_ENOMEM
				  : bi_writer_config(out, name, equals + 1);
		free(name);
	}
	return rc;
}

/* One side of LAUNCH as a result: its time is that of the fastest half. */
static int add_line(const struct bi_row *row, const struct bi_measure *side,
		    struct bi_buf *out)
{
	struct bench_metric *metrics =
		calloc(side->metric_count + 1, sizeof(*metrics));
	struct bench_result result = {
		.n = side->n,
		.elapsed_ns = llround(side->ns * (double)side->n),
		.bytes = side->bytes,
		.counted = side->counted,
		.mallocs = side->mallocs,
		.malloc_bytes = side->malloc_bytes,
		.metrics = metrics,
		.metric_count = side->metric_count,
	};
	size_t i;
	int rc;

	if (metrics == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < side->metric_count; i++)
		metrics[i] = (struct bench_metric){side->metrics[i].unit,
						   side->metrics[i].value};
	rc = bi_writer_result(out, row->leaf, row->procs, 0, &result, true);
	free(metrics);
	return rc;
}

static int add_lines(const struct bi_pair_run *run, int side,
		     struct bi_buf *out)
{
	size_t i, k;
	int rc = 0;

	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		for (k = 0; k < row->count && rc == 0; k++)
			rc = add_line(row, &row->launch[k].side[side], out);
	}
	return rc;
}

static int write_file(const char *directory, const char *name,
		      const struct bi_buf *text, struct bench_error *err)
{
	struct bi_buf path = BI_BUF_INIT;
	FILE *file = NULL;
	int rc = bi_buf_addf(&path, "%s/%s", directory, name);

	if (rc < 0) {
		rc = bi_error_nomem(err);
		goto out;
	}
	file = fopen(path.data, "w");
	if (file == NULL) {
		rc = bi_error_errno(err, "cannot write", path.data);
		goto out;
	}
	if (fwrite(bi_buf_str(text), 1, text->len, file) != text->len)
		rc = bi_error_errno(err, "cannot write", path.data);
	if (fclose(file) != 0 && rc == 0)
		rc = bi_error_errno(err, "cannot write", path.data);
out:
	bi_buf_release(&path);
	return rc;
}

static int write_side(const struct bi_pair_run *run,
		      const struct options *options, int side,
		      struct bench_error *err)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = add_config(options, &text);

	if (rc == 0)
		rc = add_lines(run, side, &text);
	rc = rc < 0 ? bi_error_nomem(err)
		    : write_file(options->directory,
				 side == 0 ? "old.txt" : "new.txt", &text, err);
	bi_buf_release(&text);
	return rc;
}

int record_write(const struct bi_pair_run *run, const struct options *options,
		 struct bench_error *err)
{
	struct bi_record_terms terms = {
		.strict = options->strict,
		.undecided_passes = options->undecided_passes,
		.missing_ok = options->missing_ok,
		.gate = options->gate_given,
	};
	struct bi_buf launches = BI_BUF_INIT;
	int rc;

	if (mkdir(options->directory, 0777) < 0 && errno != EEXIST)
		return bi_error_errno(err, "cannot make", options->directory);
	rc = write_side(run, options, 0, err);
	if (rc == 0)
		rc = write_side(run, options, 1, err);
	if (rc == 0 && bi_record_write(run, &terms, &launches) < 0)
		rc = bi_error_nomem(err);
	if (rc == 0)
		rc = write_file(options->directory, "launches.jsonl", &launches,
				err);
	bi_buf_release(&launches);
	return rc;
}
