/* Which traces, and which of their functions, are looked at. */
#include "stacks/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum verdict { NEITHER, FOCUSED, IGNORED };

/* Whether TEXT has a match; false after an error, which is left in *RC. */
static bool matches(struct bi_regex *regex, const char *text, int *rc)
{
	int found;

	if (regex == NULL || text == NULL || *rc < 0)
		return false;
	found = bi_regex_find(regex, (struct bi_slice){text, strlen(text)});
	if (found < 0)
		*rc = found;
	return found > 0;
}

static bool frame_matches(struct bi_regex *regex, const struct bi_frame *frame,
			  int *rc)
{
	return frame->function != NULL &&
	       (matches(regex, frame->function, rc) ||
		matches(regex, frame->file, rc));
}

static bool module_matches(const struct bi_stacks *stacks,
			   const struct bi_place *place,
			   struct bi_regex *regex, int *rc)
{
	return place->module != 0 &&
	       matches(regex, stacks->modules[place->module - 1].file, rc);
}

static bool place_matches(const struct bi_stacks *stacks,
			  const struct bi_place *place, struct bi_regex *regex,
			  int *rc)
{
	size_t i;

	for (i = 0; i < place->count; i++) {
		if (frame_matches(regex, &place->frames[i], rc))
			return true;
	}
	return module_matches(stacks, place, regex, rc);
}

/* Take the frames out of PLACE that match HIDE; it is hidden when none is
 * left. */
static bool hide(const struct bi_stacks *stacks, struct bi_place *place,
		 struct bi_regex *regex, int *rc)
{
	size_t i, kept = 0;

	if (!place_matches(stacks, place, regex, rc))
		return false;
	if (!module_matches(stacks, place, regex, rc)) {
		for (i = 0; i < place->count; i++) {
			if (!frame_matches(regex, &place->frames[i], rc))
				place->frames[kept++] = place->frames[i];
		}
	}
	place->count = kept;
	place->hidden = kept == 0;
	return true;
}

static int select_places(struct bi_stacks *stacks,
			 const struct bi_selection *want, char *verdicts,
			 struct bi_selected *selected)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < stacks->place_count; i++) {
		struct bi_place *place = &stacks->places[i];

		verdicts[i] = NEITHER;
		if (place_matches(stacks, place, want->ignore, &rc)) {
			selected->ignore = true;
			verdicts[i] = IGNORED;
		} else if (want->focus == NULL ||
			   place_matches(stacks, place, want->focus, &rc)) {
			selected->focus = true;
			verdicts[i] = FOCUSED;
		}
		if (want->hide != NULL && hide(stacks, place, want->hide, &rc))
			selected->hide = true;
	}
	return rc;
}

static bool is_wanted(const struct bi_stacks *stacks,
		      const struct bi_trace *trace, const char *verdicts)
{
	bool focused = false, shown = false;
	size_t i;

	for (i = 0; i < trace->depth; i++) {
		uint32_t place = trace->places[i];

		if (verdicts[place] == IGNORED)
			return false;
		if (verdicts[place] == FOCUSED)
			focused = true;
		if (!stacks->places[place].hidden)
			shown = true;
	}
	return focused && shown;
}

static bool tag_matches(const struct bi_selection *want,
			const struct bi_tag *tag, struct bi_buf *pair, int *rc)
{
	if (tag->text == NULL)
		return false;
	if (want->tag_key != NULL)
		return strcmp(tag->key, want->tag_key) == 0 &&
		       matches(want->tag_focus, tag->text, rc);
	bi_buf_reset(pair);
	if (bi_buf_addf(pair, "%s:%s", tag->key, tag->text) < 0) {
		*rc = BENCH_ENOMEM;
		return false;
	}
	return matches(want->tag_focus, pair->data, rc);
}

static bool is_tagged(const struct bi_selection *want,
		      const struct bi_trace *trace, struct bi_buf *pair,
		      int *rc)
{
	size_t i;

	for (i = 0; i < trace->tag_count; i++) {
		if (tag_matches(want, &trace->tags[i], pair, rc))
			return true;
	}
	return false;
}

static int select_traces(struct bi_stacks *stacks,
			 const struct bi_selection *want, const char *verdicts,
			 struct bi_selected *selected)
{
	struct bi_buf pair = BI_BUF_INIT;
	size_t i, kept = 0;
	int rc = 0;

	for (i = 0; i < stacks->trace_count; i++) {
		const struct bi_trace *trace = &stacks->traces[i];

		if (!is_wanted(stacks, trace, verdicts))
			continue;
		if (want->tag_focus != NULL &&
		    !is_tagged(want, trace, &pair, &rc))
			continue;
		selected->tag_focus = true;
		stacks->traces[kept++] = *trace;
	}
	stacks->trace_count = kept;
	bi_buf_release(&pair);
	return rc;
}

int bi_select(struct bi_stacks *stacks, const struct bi_selection *selection,
	      struct bi_selected *selected, struct bench_error *err)
{
	char *verdicts;
	int rc;

	*selected = (struct bi_selected){
		.focus = selection->focus == NULL,
		.ignore = selection->ignore == NULL,
		.hide = selection->hide == NULL,
		.tag_focus = selection->tag_focus == NULL,
	};
	verdicts = malloc(stacks->place_count + 1);
	if (verdicts == NULL)
		return bi_error_nomem(err);
	rc = select_places(stacks, selection, verdicts, selected);
	if (rc == 0)
		rc = select_traces(stacks, selection, verdicts, selected);
	free(verdicts);
	if (rc == BENCH_ERANGE)
		return bi_error_set(err, rc, "a pattern takes too long");
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}
