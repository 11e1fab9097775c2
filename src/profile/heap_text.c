/* A heap profile as text:
 *
 *	heap profile: 3: 4096 [10: 8192] @ heap/1048576
 *	3: 4096 [10: 8192] @ 0x4011aa 0x401200
 *	#	0x4011aa	build+0x1a	/src/list.c:42
 *
 *	MAPPED_LIBRARIES:
 *	00401000-00402000 r-xp 00001000 00:00 0 /usr/bin/list
 *
 * Blocks and bytes in use, in brackets all that were allocated.  After "heap/" is
 * twice the rate, by which readers know that they are to scale. */
#include <inttypes.h>
#include <math.h>

#include "profile/heap.h"
#include "profile/text.h"

enum { OBJECTS = 0, IN_USE = 2 };

struct counts {
	int64_t blocks;
	int64_t bytes;
};

/* What was sampled, of SAMPLE's values from WHICH on. */
static struct counts sampled(const struct bi_profile *profile,
			     const struct bi_sample *sample, int which)
{
	double weight = bi_heap_weight(sample->bytes, profile->period);
	struct counts counts;

	counts.blocks = llround((double)sample->value[which] / weight);
	counts.bytes = counts.blocks * sample->bytes;
	return counts;
}

static int add_counts(struct counts in_use, struct counts all,
		      struct bi_buf *out)
{
	return bi_buf_addf(out,
			   "%" PRId64 ": %" PRId64 " [%" PRId64 ": %" PRId64
			   "]",
			   in_use.blocks, in_use.bytes, all.blocks, all.bytes);
}

static int add_header(const struct bi_profile *profile, struct bi_buf *out)
{
	struct counts in_use = {0}, all = {0};
	size_t i;
	int rc;

	for (i = 0; i < profile->sample_count; i++) {
		const struct bi_sample *sample = &profile->samples[i];
		struct counts now = sampled(profile, sample, IN_USE);
		struct counts ever = sampled(profile, sample, OBJECTS);

		in_use.blocks += now.blocks;
		in_use.bytes += now.bytes;
		all.blocks += ever.blocks;
		all.bytes += ever.bytes;
	}
	rc = bi_buf_adds(out, "heap profile: ");
	if (rc == 0)
		rc = add_counts(in_use, all, out);
	return rc < 0 ? rc
		      : bi_buf_addf(out, " @ heap/%" PRIu64 "\n",
				    2 * (uint64_t)profile->period);
}

static int add_sample(const struct bi_profile *profile,
		      const struct bi_sample *sample, struct bi_buf *out)
{
	int rc = add_counts(sampled(profile, sample, IN_USE),
			    sampled(profile, sample, OBJECTS), out);

	if (rc == 0)
		rc = bi_text_stack(profile, sample, out);
	if (rc == 0)
		rc = bi_text_frames(profile, sample, out);
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

/* As /proc/self/maps has them, whose device and inode nobody reads. */
static int add_mappings(const struct bi_profile *profile, struct bi_buf *out)
{
	size_t i;
	int rc = bi_buf_adds(out, "MAPPED_LIBRARIES:\n");

	for (i = 0; rc == 0 && i < profile->mapping_count; i++) {
		const struct bi_mapping *mapping = &profile->mappings[i];

		rc = bi_buf_addf(out,
				 "%08" PRIxPTR "-%08" PRIxPTR
				 " r-xp %08" PRIx64 " 00:00 0 %s\n",
				 mapping->start, mapping->limit,
				 mapping->offset, mapping->file);
	}
	return rc;
}

int bi_heap_text(const struct bi_profile *profile, struct bi_buf *out)
{
	size_t i;
	int rc = add_header(profile, out);

	for (i = 0; rc == 0 && i < profile->sample_count; i++)
		rc = add_sample(profile, &profile->samples[i], out);
	return rc == 0 ? add_mappings(profile, out) : rc;
}
