/* The stacks of all threads as text for people, each by itself: Go's debug=2.
 *
 *	thread 4711 "worker" [sleeping, futex_wait_queue]:
 *	take
 *		/src/queue.c:42 +0x1a
 *	main
 *		/src/main.c:7 +0x30
 */
#ifndef BI_PROFILE_THREADS_TEXT_H
#define BI_PROFILE_THREADS_TEXT_H

#include "base/buf.h"
#include "profile/profile.h"

/* Append the threads of PROFILE, of kind threads, in that form.
 * BENCH_ENOMEM. */
int bi_threads_text(const struct bi_profile *profile, struct bi_buf *out);

#endif
