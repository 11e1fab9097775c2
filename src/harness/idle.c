/* Does the loop of a benchmark do nothing? */
#include "harness/idle.h"

#include <pthread.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <benchkit/version.h>

/* Steps that a loop must hold out to be one that does nothing: the fastest
 * processors take 50 ns for these, more than BI_DOUBT_SLOWEST_NS, so that a loop
 * within an iteration is not mistaken for the benchmark's. */
#define STEPS 2000

/* Instructions of one turn, of a loop that is unrolled, too. */
#define TURN_MOST 64

/* What one turn may do: count, and add up constants or store one. */
#define ADDS_MOST 2

/* A strike may fall into what surrounds the loop. */
#define LOOKS_MOST 5

#define NS_PER_SEC 1000000000

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

bool bi_idle_knows(const struct bi_idle *idle)
{
	return idle->found || idle->looks >= LOOKS_MOST;
}

#if defined(__x86_64__) && !BENCH_SANITIZED

/* Of this thread.  A trap brings no argument with it. */
static _Thread_local struct bi_idle *current;

#define TRAP_FLAG 0x100

static const int numbers[16] = {
	REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
	REG_R8,	 REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

/* One strike at a time: a second one would take the place of a step's trap,
 * which is the same signal. */
static bool set_timer(const struct bi_idle *idle)
{
	struct itimerspec when = {
		.it_value = {idle->after_ns / NS_PER_SEC,
			     idle->after_ns % NS_PER_SEC}};

	return syscall(SYS_timer_settime, idle->timer, 0, &when, NULL) == 0;
}

static void begin_steps(struct bi_idle *idle, uintptr_t at)
{
	idle->stepping = true;
	idle->looks++;
	idle->began = bi_clock_now();
	idle->anchor = at;
	idle->steps = 0;
	idle->in_turn = 0;
	idle->turn = 0;
	idle->adds = 0;
	idle->seen = 0;
}

static void end_steps(struct bi_idle *idle)
{
	idle->stepping = false;
	idle->spent_ns += bi_clock_since(idle->began);
	if (!bi_idle_knows(idle))
		set_timer(idle);
}

/* The instruction at AT is next.  True to go on. */
static bool step(struct bi_idle *idle, uintptr_t at)
{
	unsigned what = bi_step_classify((const unsigned char *)at,
					 &idle->state);

	/* A loop within the loop does not come by at the same pace. */
	if (at == idle->anchor && idle->steps > 0) {
		if (idle->turn != 0 && idle->turn != idle->in_turn)
			return false;
		idle->turn = idle->in_turn;
		idle->in_turn = 0;
		idle->adds = 0;
	}
	idle->seen |= what;
	idle->adds += (what & BI_STEP_ADDS) != 0;
	/* What is stored and loaded again is a variable. */
	if ((what & BI_STEP_WORKS) != 0 || idle->adds > ADDS_MOST ||
	    (idle->seen & (BI_STEP_LOADS | BI_STEP_STORES)) ==
		    (BI_STEP_LOADS | BI_STEP_STORES) ||
	    ++idle->in_turn > TURN_MOST)
		return false;
	idle->found = ++idle->steps >= STEPS;
	return !idle->found;
}

/* A trap of somebody else's: a breakpoint of the program's own. */
static void pass_on(const struct bi_idle *idle, int signo, siginfo_t *info,
		    void *context)
{
	if (idle != NULL && (idle->before.sa_flags & SA_SIGINFO) != 0) {
		idle->before.sa_sigaction(signo, info, context);
	} else if (idle != NULL) {
		/* It comes when this handler is left. */
		sigaction(signo, &idle->before, NULL);
		raise(signo);
	}
}

static void take_trap(int signo, siginfo_t *info, void *context)
{
	ucontext_t *user = context;
	greg_t *gregs = user->uc_mcontext.gregs;
	struct bi_idle *idle = current;
	uintptr_t at = (uintptr_t)gregs[REG_RIP];
	size_t i;

	if (idle == NULL ||
	    (info->si_code != SI_TIMER && info->si_code != TRAP_TRACE)) {
		pass_on(idle, signo, info, context);
		return;
	}
	if (info->si_code == SI_TIMER)
		begin_steps(idle, at);
	for (i = 0; i < 16; i++)
		idle->state.reg[i] = (uint64_t)gregs[numbers[i]];
	if (idle->stepping && step(idle, at)) {
		gregs[REG_EFL] |= TRAP_FLAG;
	} else {
		gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
		if (idle->stepping)
			end_steps(idle);
	}
}

/* A trap that is blocked ends the process. */
static bool is_blocked(void)
{
	sigset_t blocked;

	return pthread_sigmask(SIG_SETMASK, NULL, &blocked) != 0 ||
	       sigismember(&blocked, SIGTRAP);
}

/* Not by libc's functions: timer_create may allocate there, and stand in a
 * library of its own. */
static bool start_timer(struct bi_idle *idle)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID,
				 .sigev_signo = SIGTRAP};

	event.sigev_notify_thread_id = gettid();
	if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &idle->timer) <
	    0)
		return false;
	if (set_timer(idle))
		return true;
	syscall(SYS_timer_delete, idle->timer);
	return false;
}

void bi_idle_begin(struct bi_idle *idle, const void *own, size_t size,
		   int64_t after_ns)
{
	struct sigaction ours = {.sa_sigaction = take_trap,
				 .sa_flags = SA_SIGINFO | SA_ONSTACK |
					     SA_RESTART};

	if (idle->armed || is_blocked())
		return;
	idle->state.own = (uintptr_t)own;
	idle->state.own_size = size;
	idle->spent_ns = 0;
	current = idle;
	sigfillset(&ours.sa_mask);
	if (sigaction(SIGTRAP, &ours, &idle->before) < 0)
		return;
	idle->after_ns = after_ns;
	idle->armed = start_timer(idle);
	if (!idle->armed)
		sigaction(SIGTRAP, &idle->before, NULL);
}

int64_t bi_idle_end(struct bi_idle *idle)
{
	if (!idle->armed)
		return 0;
	/* A strike that is on its way comes when this returns from the kernel,
	 * not later. */
	syscall(SYS_timer_delete, idle->timer);
	sigaction(SIGTRAP, &idle->before, NULL);
	current = NULL;
	idle->armed = false;
	return idle->spent_ns;
}

#else

void bi_idle_begin(struct bi_idle *idle, const void *own, size_t size,
		   int64_t after_ns)
{
	(void)idle;
	(void)own;
	(void)size;
	(void)after_ns;
}

int64_t bi_idle_end(struct bi_idle *idle)
{
	(void)idle;
	return 0;
}

#endif
