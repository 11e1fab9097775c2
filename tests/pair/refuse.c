/* refuse CALL... -- PROGRAM ARGS...: run PROGRAM where the kernel refuses these
 * calls with EPERM, as a container's profile does. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALLS_MOST 8

static const struct {
	const char *name;
	unsigned number;
} calls[] = {
	{"personality", SYS_personality},
	{"sched_setaffinity", SYS_sched_setaffinity},
	{"sched_getaffinity", SYS_sched_getaffinity},
};

static int number_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(calls[i].name, name) == 0)
			return (int)calls[i].number;
	}
	return -1;
}

/* Refuse the call of this NUMBER from here on. */
static int refuse(unsigned number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {
		.len = sizeof(code) / sizeof(code[0]), .filter = code};

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv)
{
	int i, number;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return 77;
	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		number = number_of(argv[i]);
		if (number < 0) {
			fprintf(stderr, "refuse: %s?\n", argv[i]);
			return 2;
		}
		/* No filters in this kernel. */
		if (refuse((unsigned)number) < 0)
			return 77;
	}
	if (i + 1 >= argc)
		return 2;
	execvp(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 127;
}
