/* A profile as folded stacks. */
#include "profile/folded.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *stack;
	int64_t value;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* What a flame graph should show for LOCATION, which has no name. */
static int add_unnamed(const struct bi_profile *profile,
		       const struct bi_location *location, struct bi_buf *out)
{
	const char *file = "";

	if (location->mapping < profile->mapping_count)
		file = profile->mappings[location->mapping].file;
	if (file[0] == '\0')
		return bi_buf_addf(out, "0x%" PRIxPTR, location->pc);
	return bi_buf_addf(out, file[0] == '[' ? "%s" : "[%s]",
			   base_name(file));
}

/* "outer;inner", what is inlined innermost. */
static int add_frames(const struct bi_profile *profile,
		      const struct bi_sample *sample, struct bi_buf *out)
{
	size_t i, j;
	int rc = 0;

	for (i = sample->depth; rc == 0 && i-- > 0;) {
		const struct bi_location *location =
			bi_profile_location(profile, sample->pcs[i]);

		if (i + 1 < sample->depth)
			rc = bi_buf_addc(out, ';');
		if (rc == 0 && location->line_count == 0)
			rc = add_unnamed(profile, location, out);
		for (j = location->line_count; rc == 0 && j-- > 0;) {
			rc = bi_buf_adds(out, location->lines[j].function);
			if (rc == 0 && j > 0)
				rc = bi_buf_addc(out, ';');
		}
	}
	return rc;
}

static size_t default_type(const struct bi_profile *profile)
{
	size_t i;

	for (i = 0; profile->default_type != NULL && i < profile->type_count;
	     i++)
		if (strcmp(profile->type[i].type, profile->default_type) == 0)
			return i;
	return profile->type_count - 1;
}

static int by_stack(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->stack,
		      ((const struct row *)b)->stack);
}

/* ROWS as lines; those of one stack are one line. */
static int add_rows(const struct row *rows, size_t count, struct bi_buf *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		int64_t value = rows[i].value;

		while (i + 1 < count &&
		       strcmp(rows[i].stack, rows[i + 1].stack) == 0)
			value += rows[++i].value;
		if (value != 0)
			rc = bi_buf_addf(out, "%s %" PRId64 "\n", rows[i].stack,
					 value);
	}
	return rc;
}

int bi_folded_write(const struct bi_profile *profile, struct bi_buf *out)
{
	size_t i, which = default_type(profile);
	struct bi_arena arena = BI_ARENA_INIT;
	struct bi_buf stack = BI_BUF_INIT;
	struct row *rows = calloc(profile->sample_count + 1, sizeof(*rows));
	int rc = rows == NULL ? BENCH_ENOMEM : 0;

	for (i = 0; rc == 0 && i < profile->sample_count; i++) {
		bi_buf_reset(&stack);
		rc = add_frames(profile, &profile->samples[i], &stack);
		if (rc < 0)
			break;
		rows[i].value = profile->samples[i].value[which];
		rows[i].stack = bi_arena_copy(&arena, bi_buf_str(&stack),
					      stack.len);
		if (rows[i].stack == NULL)
			rc = BENCH_ENOMEM;
	}
	if (rc == 0) {
		qsort(rows, profile->sample_count, sizeof(*rows), by_stack);
		rc = add_rows(rows, profile->sample_count, out);
	}
	free(rows);
	bi_buf_release(&stack);
	bi_arena_release(&arena);
	return rc;
}
