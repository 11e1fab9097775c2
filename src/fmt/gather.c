/* All inputs of a run, read side by side and handed out in their order. */
#include "fmt/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "fmt/stream.h"

struct gather {
	const struct bi_input *inputs;
	struct bi_gathered *slot; /* for input I at I % window */
	size_t window;
	bi_gather_take *take;
	void *arg;
};

static void run(void *arg, size_t i)
{
	struct gather *gather = arg;
	struct bi_gathered *slot = &gather->slot[i % gather->window];
	struct bench_error *err = &slot->error;
	const struct bi_input *input = &gather->inputs[i];
	struct bi_stream stream;
	int rc;

	*slot = (struct bi_gathered){.input = input};
	if (bi_stream_open(&stream, input->path, err) < 0)
		return;
	rc = bi_collect(&slot->collection, input->label, bi_stream_read,
			&stream, err);
	bi_stream_close(&stream);
	if (rc < 0)
		bi_error_place(err, input->path, err->line, 0);
}

static int take(void *arg, size_t i)
{
	struct gather *gather = arg;
	struct bi_gathered *slot = &gather->slot[i % gather->window];
	int rc = gather->take(gather->arg, slot);

	bi_collection_release(&slot->collection, NULL);
	return rc;
}

/* Standard input has one position: it must not be read twice at once. */
static size_t count_stdin(const struct bi_input *inputs, size_t count)
{
	size_t i, found = 0;

	for (i = 0; i < count; i++)
		found += strcmp(inputs[i].path, BI_SOURCE_STDIN) == 0;
	return found;
}

int bi_gather(const struct bi_input *inputs, size_t count, unsigned threads,
	      bi_gather_take *take_input, void *arg)
{
	struct gather gather = {.inputs = inputs,
				.window = threads,
				.take = take_input,
				.arg = arg};
	struct bi_pipeline pipeline = {
		.count = count, .run = run, .take = take, .arg = &gather};
	size_t i;
	int rc;

	if (gather.window > count)
		gather.window = count;
	if (gather.window < 1 || count_stdin(inputs, count) > 1)
		gather.window = 1;
	gather.slot = calloc(gather.window, sizeof(*gather.slot));
	if (gather.slot == NULL)
		return BENCH_ENOMEM;
	pipeline.window = gather.window;
	rc = bi_pipeline(&pipeline, (unsigned)gather.window);
	/* What was read and not taken any more. */
	for (i = 0; i < gather.window; i++)
		bi_collection_release(&gather.slot[i].collection, NULL);
	free(gather.slot);
	return rc;
}
