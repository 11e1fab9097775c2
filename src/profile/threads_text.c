/* The stacks of all threads as text for people, each by itself. */
#include "profile/threads_text.h"

#include <inttypes.h>

static int add_line(const struct bi_line *line, uintptr_t pc,
		    struct bi_buf *out)
{
	int rc = bi_buf_addf(out, "%s\n\t%s:%d", line->function,
			     line->file[0] == '\0' ? "??" : line->file,
			     line->line);

	if (rc == 0 && line->start != 0)
		rc = bi_buf_addf(out, " +0x%" PRIxPTR, pc - line->start);
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

static int add_frame(const struct bi_profile *profile, uintptr_t pc,
		     struct bi_buf *out)
{
	const struct bi_location *location = bi_profile_location(profile, pc);
	size_t i;
	int rc = 0;

	/* Not there if its benchmark was not wanted. */
	if (location == NULL || location->line_count == 0)
		return bi_buf_addf(out, "0x%" PRIxPTR "\n", pc);
	for (i = 0; rc == 0 && i < location->line_count; i++)
		rc = add_line(&location->lines[i], pc, out);
	return rc;
}

static int add_thread(const struct bi_profile *profile,
		      const struct bi_seen_thread *thread, struct bi_buf *out)
{
	size_t i;
	int rc = bi_buf_addf(out, "thread %d \"%s\" [%s%s%s]:\n", thread->tid,
			     thread->name, thread->state,
			     thread->where[0] == '\0' ? "" : ", ",
			     thread->where);

	for (i = 0; rc == 0 && i < thread->depth; i++)
		rc = add_frame(profile, thread->pcs[i], out);
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

int bi_threads_text(const struct bi_profile *profile, struct bi_buf *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < profile->thread_count; i++)
		rc = add_thread(profile, &profile->threads[i], out);
	return rc;
}
