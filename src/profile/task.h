/* What the kernel says of a thread, in /proc/self/task. */
#ifndef BI_PROFILE_TASK_H
#define BI_PROFILE_TASK_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "profile/profile.h"

struct bi_task {
	char name[32];
	char state;       /* 'S' */
	uint64_t blocked; /* signal N is bit N - 1 */
	char where[64];   /* in the kernel; "" when unknown, or nowhere */
};

/* The first thread of this process in FOLDER, an opened /proc/self/task, or the
 * next; 0 behind the last. */
pid_t bi_task_next(DIR *folder);

/* False when there is no such thread any more. */
bool bi_task_read(pid_t tid, struct bi_task *out);

bool bi_task_blocks(const struct bi_task *task, int signo);

/* Only its number is left, as that of a main thread that has called
 * pthread_exit(). */
bool bi_task_has_ended(const struct bi_task *task);

/* Fill name, state and where of OUT.  BENCH_ENOMEM. */
int bi_task_copy(const struct bi_task *task, struct bi_arena *arena,
		 struct bi_seen_thread *out);

#endif
