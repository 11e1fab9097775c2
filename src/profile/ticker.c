/* What makes a thread receive SIGPROF at every period of its CPU time. */
#include "profile/ticker.h"

#include <fcntl.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_SEC INT64_C(1000000000)

/* Where a timer begins to lose stacks to the tick, on the kernels that
 * distributions build. */
#define TIMER_PERIOD_NS (NS_PER_SEC / 250)

/* A thread's CPU clock, as the kernel numbers them: CPUCLOCK_PERTHREAD_MASK and
 * CPUCLOCK_SCHED beside the complement of the thread's id. */
static clockid_t clock_of(pid_t tid)
{
	return (clockid_t)((~(unsigned)tid << 3) | 6);
}

static struct timespec timespec_of(int64_t ns)
{
	return (struct timespec){ns / NS_PER_SEC, ns % NS_PER_SEC};
}

/* Not by libc's functions: timer_create may allocate there. */
static int arm_timer(clockid_t clock, struct sigevent *event, int64_t period_ns,
		     int64_t first_ns)
{
	struct itimerspec times = {timespec_of(period_ns),
				   timespec_of(first_ns)};
	int id;

	if (syscall(SYS_timer_create, clock, event, &id) != 0)
		return -1;
	if (syscall(SYS_timer_settime, id, 0, &times, NULL) != 0) {
		syscall(SYS_timer_delete, id);
		return -1;
	}
	return id;
}

static int arm_perf(pid_t tid, int64_t first_ns)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_TASK_CLOCK,
		.sample_period = (uint64_t)first_ns,
		.wakeup_events = 1,
		.disabled = 1,
		.exclude_kernel = 1, /* with it everybody may */
		.exclude_hv = 1,
	};
	struct f_owner_ex owner = {F_OWNER_TID, tid};
	int fd = (int)syscall(SYS_perf_event_open, &attr, tid, -1, -1,
			      PERF_FLAG_FD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK) != 0 ||
	    fcntl(fd, F_SETSIG, SIGPROF) != 0 ||
	    fcntl(fd, F_SETOWN_EX, &owner) != 0 ||
	    ioctl(fd, PERF_EVENT_IOC_ENABLE, 0) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

enum bi_ticker_source bi_ticker_choose(int64_t period_ns)
{
	int fd;

	if (period_ns >= TIMER_PERIOD_NS)
		return BI_TICKER_TIMER;
	/* A period that is not over before it is gone. */
	fd = arm_perf((pid_t)syscall(SYS_gettid), NS_PER_SEC);
	if (fd < 0)
		return BI_TICKER_TIMER;
	close(fd);
	return BI_TICKER_PERF;
}

int bi_ticker_arm(enum bi_ticker_source source, pid_t tid, int64_t period_ns,
		  int64_t first_ns, void *cookie)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = SIGPROF,
		.sigev_value.sival_ptr = cookie,
	};

	switch (source) {
	case BI_TICKER_TIMER:
		event._sigev_un._tid = tid;
		return arm_timer(clock_of(tid), &event, period_ns, first_ns);
	case BI_TICKER_PERF:
		return arm_perf(tid, first_ns);
	}
	return -1;
}

void bi_ticker_settle(int fd, int64_t period_ns)
{
	uint64_t period = (uint64_t)period_ns;

	ioctl(fd, PERF_EVENT_IOC_PERIOD, &period);
}

int bi_ticker_arm_process(int64_t period_ns, void *cookie)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGPROF,
		.sigev_value.sival_ptr = cookie,
	};

	return arm_timer(CLOCK_PROCESS_CPUTIME_ID, &event, period_ns,
			 period_ns);
}

void bi_ticker_disarm(enum bi_ticker_source source, int handle)
{
	switch (source) {
	case BI_TICKER_TIMER:
		syscall(SYS_timer_delete, handle);
		break;
	case BI_TICKER_PERF:
		/* A child of a fork may have it open, too. */
		ioctl(handle, PERF_EVENT_IOC_DISABLE, 0);
		close(handle);
		break;
	}
}

void bi_ticker_abandon(enum bi_ticker_source source, int handle)
{
	switch (source) {
	case BI_TICKER_TIMER:
		break; /* is not inherited */
	case BI_TICKER_PERF:
		close(handle);
		break;
	}
}
