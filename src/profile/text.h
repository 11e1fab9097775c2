/* A profile as text for people: Go's debug=1.
 *
 *	threadcreate profile: total 3
 *	2 @ 0x4011aa 0x401200
 *	#	0x4011aa	start_pool+0x1a	/src/pool.c:42
 *	#	0x401200	main+0x30	/src/main.c:7
 *
 * Addresses are return addresses, as Go shows them, and so one more than in the
 * profile; but not a leaf that is exact. */
#ifndef BI_PROFILE_TEXT_H
#define BI_PROFILE_TEXT_H

#include "base/buf.h"
#include "profile/profile.h"

/* Append PROFILE in that form; the count is a sample's first value. */
int bi_text_write(const struct bi_profile *profile, struct bi_buf *out);

/* The parts of it, for kinds with a form of their own: " @ 0x... 0x...\n", and
 * the lines behind "#". */
int bi_text_stack(const struct bi_profile *profile,
		  const struct bi_sample *sample, struct bi_buf *out);
int bi_text_frames(const struct bi_profile *profile,
		   const struct bi_sample *sample, struct bi_buf *out);

#endif
