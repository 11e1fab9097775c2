/* Where libbenchkit meets libbenchkit-profile. */
#include "profile/hooks.h"

#include "profile/label.h"
#include "profile/thread.h"

const struct bench_profile_hooks bench_profile_hooks = {
	.version = BENCH_PROFILE_HOOKS_VERSION,
	.kind = bench_profile_kind,
	.start = bench_profile_start,
	.write = bench_profile_write,
	.stop = bench_profile_stop,
	.enter = bi_label_enter,
	.leave = bi_label_leave,
	.set_apart = bi_thread_set_apart,
	.set_ours = bi_thread_set_ours,
};
