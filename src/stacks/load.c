/* A profile of any kind that we read, into stacks. */
#include "stacks/load.h"

#include "stacks/collapsed.h"
#include "stacks/gunzip.h"

static int load(struct bi_stacks *stacks, const struct bi_buf *data,
		struct bi_intake intake, struct bench_error *err)
{
	if (data->len == 0)
		return bi_error_set(err, BENCH_EINPUT, "an empty profile");
	if (data->len > BI_LOAD_MOST)
		return bi_error_set(err, BENCH_ERANGE, "more than %zu MiB",
				    BI_LOAD_MOST >> 20);
	if (bi_collapsed_is(data->data, data->len))
		return bi_collapsed(stacks, data->data, data->len, intake, err);
	return bi_decode(stacks, data->data, data->len, intake, err);
}

int bi_load(struct bi_stacks *stacks, const char *path,
	    const struct bi_buf *data, struct bi_intake intake,
	    struct bench_error *err)
{
	struct bench_error local = BENCH_ERROR_INIT;
	struct bi_buf plain = BI_BUF_INIT;
	int rc = 0;

	if (err == NULL)
		err = &local;
	if (bi_gunzip_is(data->data, data->len)) {
		rc = bi_gunzip(data->data, data->len, BI_LOAD_MOST, &plain,
			       err);
		data = &plain;
	}
	if (rc == 0)
		rc = load(stacks, data, intake, err);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	if (rc < 0)
		bi_error_place(err, path, err->line, 0);
	bi_buf_release(&plain);
	return rc;
}
