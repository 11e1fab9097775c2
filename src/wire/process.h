/* A worker's process: started, watched, ended.
 *
 * It gets stdin from /dev/null, stdout sent to stderr, a process group of its
 * own, and dies with its parent. */
#ifndef BI_WIRE_PROCESS_H
#define BI_WIRE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/error.h"

struct bi_process {
	pid_t pid;       /* 0: none */
	int socket;      /* orders out, events in; -1: none */
	int last_words;  /* what wire/lastwords.h wrote; -1: none */
	int output;      /* its stderr and stdout, if captured; -1: none */
};

#define BI_PROCESS_INIT {0, -1, -1, -1}

/* Where a process's memory lies, as far as its parent can choose.  Two processes
 * with the same layout, of two builds, differ only where their code does. */
struct bi_layout {
	bool fixed;     /* without the kernel's random offsets, where allowed */
	size_t padding; /* bytes more in the environment; 0 for none */
	size_t heap;    /* bytes before the heap, from a fixed address */
	size_t map;     /* bytes before the first mapping, the same way */
};

/* How a process is started. */
struct bi_process_plan {
	const char *path;   /* NULL: this executable again */
	char *const *argv;
	int cpu;            /* the only one it may use; -1: all of ours */
	bool capture;       /* stderr is ours to read, and not the user's */
	const struct bi_layout *layout; /* NULL: as it comes */
};

#define BI_PROCESS_PLAN_INIT {NULL, NULL, -1, false, NULL}

/* Start a worker, its descriptors named in the environment variable BI_WIRE_ENV.
 * What the kernel refuses of the layout and the CPU is left out. */
int bi_process_start(struct bi_process *process,
		     const struct bi_process_plan *plan,
		     struct bench_error *err);

/* Does the kernel let us choose layouts? */
bool bi_process_can_fix_layout(void);

/* End the process and all of its group at once, if there is one. */
void bi_process_kill(const struct bi_process *process);

/* Close the descriptors, end what is left of the group and wait for the
 * process; *STATUS is waitpid's.  With a process that does not end by itself,
 * call bi_process_kill first. */
void bi_process_reap(struct bi_process *process, int *status);

/* Append how a process ended, from waitpid's STATUS: "exit status 3",
 * "SIGSEGV".  0 or BENCH_ENOMEM. */
int bi_process_reason(struct bi_buf *out, int status);

/* "SIGSEGV" for its number; "signal 40" for one without a name here. */
int bi_process_signal_name(struct bi_buf *out, int signo);

/* Resident memory of PID in bytes, from /proc; -1 when that cannot be read. */
long long bi_process_rss(pid_t pid);

#endif
