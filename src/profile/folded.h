/* A profile as folded stacks: "outer;inner;leaf 42", a line for each stack of
 * names, which flame graphs are drawn from. */
#ifndef BI_PROFILE_FOLDED_H
#define BI_PROFILE_FOLDED_H

#include "base/buf.h"
#include "profile/profile.h"

/* Append PROFILE; the number is a sample's value of the default type.  Lines are
 * sorted.  BENCH_ENOMEM. */
int bi_folded_write(const struct bi_profile *profile, struct bi_buf *out);

#endif
