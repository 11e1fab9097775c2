/* A profile in pprof's format: a message of profile.proto. */
#ifndef BI_PROFILE_PROTO_H
#define BI_PROFILE_PROTO_H

#include "base/buf.h"
#include "profile/profile.h"

/* Append PROFILE, not compressed.  BENCH_ENOMEM. */
int bi_proto_write(const struct bi_profile *profile, struct bi_buf *out);

#endif
