/* What the kernel does for us: perf_event_open(2), getrusage(2). */
#include "perf/system.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/integer.h"
#include "clock/cpu.h"

static int open_event(struct perf_event_attr *attr, int leader)
{
	long fd = syscall(SYS_perf_event_open, attr, 0, -1, leader,
			  PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : (int)fd;
}

static int enable(int leader, bool on)
{
	unsigned long request =
		on ? PERF_EVENT_IOC_ENABLE : PERF_EVENT_IOC_DISABLE;

	return ioctl(leader, request, PERF_IOC_FLAG_GROUP) < 0 ? -errno : 0;
}

static int read_event(int fd, struct bi_perf_reading *reading)
{
	uint64_t values[3];
	ssize_t got = read(fd, values, sizeof(values));

	if (got < 0)
		return -errno;
	if (got != sizeof(values))
		return -EIO;
	*reading = (struct bi_perf_reading){values[0], values[1], values[2]};
	return 0;
}

static void close_event(int fd)
{
	close(fd);
}

static int paranoid(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
	int64_t level = BI_PERF_PARANOID_UNKNOWN;
	char text[32];

	if (file == NULL)
		return BI_PERF_PARANOID_UNKNOWN;
	if (fgets(text, sizeof(text), file) == NULL ||
	    bi_integer_parse(text, strcspn(text, "\n"), &level) < 0 ||
	    level < INT_MIN || level > INT_MAX)
		level = BI_PERF_PARANOID_UNKNOWN;
	fclose(file);
	return (int)level;
}

/* As Docker and Podman mark theirs. */
static bool contained(void)
{
	return access("/.dockerenv", F_OK) == 0 ||
	       access("/run/.containerenv", F_OK) == 0;
}

static void usage(uint64_t used[BI_PERF_USAGES])
{
	struct rusage now;

	getrusage(RUSAGE_SELF, &now);
	used[BI_PERF_USAGE_CPU_NS] = (uint64_t)bi_cpu_process_ns();
	used[BI_PERF_USAGE_FAULTS] =
		(uint64_t)now.ru_minflt + (uint64_t)now.ru_majflt;
	used[BI_PERF_USAGE_SWITCHES] =
		(uint64_t)now.ru_nvcsw + (uint64_t)now.ru_nivcsw;
}

const struct bi_perf_system bi_perf_linux = {
	open_event, enable, read_event, close_event,
	paranoid,   contained, usage,
};
