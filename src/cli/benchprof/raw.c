/* All that a profile says: samples, places, modules. */
#include <inttypes.h>

#include "cli/benchprof/view.h"

static int add_header(const struct view *view)
{
	const struct bi_stacks *stacks = view->stacks;
	const struct bi_measure *period = &stacks->period_measure;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < stacks->comment_count; i++)
		rc = bi_buf_addf(view->out, "Comment: %s\n",
				 stacks->comments[i]);
	if (rc == 0 && period->type != NULL)
		rc = bi_buf_addf(view->out, "PeriodType: %s %s\n",
				 period->type, period->unit);
	if (rc == 0)
		rc = bi_buf_addf(view->out,
				 "Period: %" PRId64 "\nTime: %" PRId64
				 " ns\nDuration: %" PRId64 " ns\nSamples:\n",
				 stacks->period, stacks->time_ns,
				 stacks->duration_ns);
	for (i = 0; rc == 0 && i < stacks->measure_count; i++)
		rc = bi_buf_addf(view->out, "%s%s/%s%s", i > 0 ? " " : "",
				 stacks->measures[i].type,
				 stacks->measures[i].unit,
				 i == stacks->default_measure ? "[dflt]" : "");
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

static int add_trace(const struct view *view, const struct bi_trace *trace)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < view->stacks->measure_count; i++)
		rc = bi_buf_addf(view->out, "%s%10" PRId64, i > 0 ? " " : "",
				 trace->values[i]);
	if (rc == 0)
		rc = bi_buf_addc(view->out, ':');
	for (i = 0; rc == 0 && i < trace->depth; i++)
		rc = bi_buf_addf(view->out, " %" PRIu64,
				 trace->places[i] + UINT64_C(1));
	if (rc == 0)
		rc = bi_buf_addc(view->out, '\n');
	for (i = 0; rc == 0 && i < trace->tag_count; i++) {
		const struct bi_tag *tag = &trace->tags[i];

		if (tag->text != NULL)
			rc = bi_buf_addf(view->out, "%16s%s:[%s]\n", "",
					 tag->key, tag->text);
		else
			rc = bi_buf_addf(view->out,
					 "%16s%s:[%" PRId64 "%s%s]\n", "",
					 tag->key, tag->number,
					 tag->unit[0] != '\0' ? " " : "",
					 tag->unit);
	}
	if (rc == 0 && trace->base)
		rc = bi_buf_addf(view->out, "%16spprof::base:[true]\n", "");
	return rc;
}

static int add_place(const struct view *view, size_t which)
{
	const struct bi_place *place = &view->stacks->places[which];
	size_t i;
	int rc = bi_buf_addf(view->out, "%6zu: %#" PRIx64 " ", which + 1,
			     place->address);

	if (rc == 0 && place->module != 0)
		rc = bi_buf_addf(view->out, "M=%" PRIu32 " ", place->module);
	for (i = 0; rc == 0 && i < place->count; i++) {
		const struct bi_frame *frame = &place->frames[i];

		rc = bi_buf_addf(view->out, "%s%s %s:%" PRId64 " s=%" PRId64,
				 i > 0 ? "\n             " : "",
				 frame->function != NULL ? frame->function
							 : "??",
				 frame->file, frame->line, frame->first_line);
	}
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

int view_raw(struct view *view)
{
	const struct bi_stacks *stacks = view->stacks;
	size_t i;
	int rc = add_header(view);

	for (i = 0; rc == 0 && i < stacks->trace_count; i++)
		rc = add_trace(view, &stacks->traces[i]);
	if (rc == 0)
		rc = bi_buf_adds(view->out, "Locations\n");
	for (i = 0; rc == 0 && i < stacks->place_count; i++)
		rc = add_place(view, i);
	if (rc == 0)
		rc = bi_buf_adds(view->out, "Mappings\n");
	for (i = 0; rc == 0 && i < stacks->module_count; i++) {
		const struct bi_module *module = &stacks->modules[i];

		rc = bi_buf_addf(view->out,
				 "%zu: %#" PRIx64 "/%#" PRIx64 "/%#" PRIx64
				 " %s %s\n",
				 i + 1, module->start, module->limit,
				 module->offset, module->file,
				 module->build_id);
	}
	return rc;
}
