/* A profile as text for people. */
#include "profile/text.h"

#include <inttypes.h>

/* Address INDEX of SAMPLE as it is shown. */
static uintptr_t shown(const struct bi_profile *profile,
		       const struct bi_sample *sample, size_t index)
{
	uintptr_t pc = sample->pcs[index];

	return index == 0 && profile->leaf_is_exact ? pc : pc + 1;
}

int bi_text_stack(const struct bi_profile *profile,
		  const struct bi_sample *sample, struct bi_buf *out)
{
	size_t i;
	int rc = bi_buf_adds(out, " @");

	for (i = 0; rc == 0 && i < sample->depth; i++)
		rc = bi_buf_addf(out, " 0x%" PRIxPTR,
				 shown(profile, sample, i));
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

static int add_frame(const struct bi_line *line, uintptr_t pc,
		     struct bi_buf *out)
{
	uintptr_t into = line->start == 0 ? 0 : pc - line->start;

	return bi_buf_addf(out, "#\t0x%" PRIxPTR "\t%s+0x%" PRIxPTR "\t%s:%d\n",
			   pc, line->function, into,
			   line->file[0] == '\0' ? "??" : line->file,
			   line->line);
}

int bi_text_frames(const struct bi_profile *profile,
		   const struct bi_sample *sample, struct bi_buf *out)
{
	size_t i, j;
	int rc = 0;

	for (i = 0; i < sample->depth; i++) {
		const struct bi_location *location =
			bi_profile_location(profile, sample->pcs[i]);
		uintptr_t pc = shown(profile, sample, i);

		if (location->line_count == 0)
			rc = bi_buf_addf(out, "#\t0x%" PRIxPTR "\n", pc);
		for (j = 0; rc == 0 && j < location->line_count; j++)
			rc = add_frame(&location->lines[j], pc, out);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int bi_text_write(const struct bi_profile *profile, struct bi_buf *out)
{
	int64_t total = 0;
	size_t i;
	int rc;

	for (i = 0; i < profile->sample_count; i++)
		total += profile->samples[i].value[0];
	rc = bi_buf_addf(out, "%s profile: total %" PRId64 "\n", profile->name,
			 total);
	for (i = 0; rc == 0 && i < profile->sample_count; i++) {
		const struct bi_sample *sample = &profile->samples[i];

		rc = bi_buf_addf(out, "%" PRId64, sample->value[0]);
		if (rc == 0)
			rc = bi_text_stack(profile, sample, out);
		if (rc == 0)
			rc = bi_text_frames(profile, sample, out);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}
