/* Where CPU time is spent.
 *
 * Every thread has a ticker on its own CPU clock; at each tick a signal handler
 * unwinds the stack that it interrupted and adds to the table what the tick is
 * worth: one period, and those that passed unseen since the last.
 *
 * SIGPROF may be the program's, too.  A handler or disposition that is there
 * when the first profile starts gets every signal that is not from our tickers.
 * Ours stays after the profile ends: a signal may still be on its way, and
 * would end a program with the default disposition.  A program that installs a
 * handler later takes the signal away from us, and the profile says so. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "profile/gate.h"
#include "profile/kind.h"
#include "profile/roster.h"
#include "profile/thread.h"

#define NS_PER_SEC INT64_C(1000000000)

/* As Go's. */
#define DEFAULT_RATE 100

/* A thousand stacks a second and more of overhead than work. */
#define MOST_RATE 10000

/* Different stacks; with the addresses, 36 MB of address space, of which a
 * program touches what it needs. */
#define ENTRIES ((size_t)1 << 17)

/* How often a thread is looked for that has no ticker. */
#define LOOK_NS (NS_PER_SEC / 10)

enum { SAMPLES, TIME };

static struct {
	struct bi_gate gate;
	struct bi_table table;
	struct bi_roster roster;
	atomic_uint session; /* counts the starts */
	int look;            /* the ticker that looks for threads; -1: none */
	struct sigaction before; /* whom SIGPROF was for */
	atomic_bool perf; /* signals may be perf's, which have no cookie */
	_Atomic int64_t walked; /* samples without unwind tables */
	bool taken;       /* the program has replaced our handler */
} cpu = {.look = -1};

/* The session in which this thread has a ticker. */
static _Thread_local volatile unsigned ticking
	__attribute__((tls_model("initial-exec")));

/* The session in which perf's ticker of this thread has its period. */
static _Thread_local volatile unsigned settled
	__attribute__((tls_model("initial-exec")));

static void give_ticker(void)
{
	bi_roster_add(&cpu.roster, (pid_t)syscall(SYS_gettid));
	ticking = atomic_load(&cpu.session);
}

/* ---- In the signal handler ---- */

enum origin { TICK, LOOK, FOREIGN };

static enum origin origin_of(const siginfo_t *info)
{
	if (info->si_code == SI_TIMER &&
	    info->si_value.sival_ptr == &cpu.roster)
		return TICK;
	if (info->si_code == SI_TIMER && info->si_value.sival_ptr == &cpu.look)
		return LOOK;
	/* Descriptors that are ready have a code of their own each, all above
	 * 0; timers and other processes are below, the kernel far above. */
	if (info->si_code > 0 && info->si_code < SI_KERNEL &&
	    atomic_load(&cpu.perf))
		return TICK;
	return FOREIGN;
}

static void settle(const siginfo_t *info)
{
	if (info->si_code == SI_TIMER || settled == atomic_load(&cpu.session))
		return;
	settled = atomic_load(&cpu.session);
	bi_ticker_settle(info->si_fd, cpu.roster.period_ns);
}

static void take_sample(const siginfo_t *info, const void *context)
{
	struct bi_entry_key key = {.tags = bi_label_tags()};
	struct bi_stack stack;
	struct bi_entry *entry;
	int64_t worth = 1;

	if (info->si_code == SI_TIMER)
		worth += info->si_overrun;
	bi_stack_of_signal(context, &stack);
	if (stack.walked)
		atomic_fetch_add(&cpu.walked, 1);
	entry = bi_table_find(&cpu.table, &stack, &key);
	if (entry != NULL)
		bi_entry_add(entry, SAMPLES, worth);
}

/* What would have happened without us. */
static void pass_on(int signo, siginfo_t *info, void *context)
{
	if ((cpu.before.sa_flags & SA_SIGINFO) != 0) {
		cpu.before.sa_sigaction(signo, info, context);
	} else if (cpu.before.sa_handler == SIG_DFL) {
		signal(signo, SIG_DFL);
		raise(signo);
	} else if (cpu.before.sa_handler != SIG_IGN) {
		cpu.before.sa_handler(signo);
	}
}

static void on_signal(int signo, siginfo_t *info, void *context)
{
	enum origin origin = origin_of(info);
	int saved = errno;

	if (origin == FOREIGN) {
		pass_on(signo, info, context);
		errno = saved;
		return;
	}
	if (bi_gate_enter(&cpu.gate)) {
		if (origin == TICK) {
			ticking = atomic_load(&cpu.session);
			settle(info);
			take_sample(info, context);
		} else if (ticking != atomic_load(&cpu.session)) {
			give_ticker();
		}
	}
	bi_gate_leave(&cpu.gate);
	errno = saved;
}

/* ---- Threads ---- */

static void thread_begun(void)
{
	if (bi_gate_enter(&cpu.gate))
		give_ticker();
	bi_gate_leave(&cpu.gate);
}

static void thread_ending(void)
{
	if (bi_gate_enter(&cpu.gate))
		bi_roster_remove(&cpu.roster, (pid_t)syscall(SYS_gettid));
	bi_gate_leave(&cpu.gate);
}

const struct bi_thread_watcher bi_cpu_threads = {
	.gate = &cpu.gate,
	.begun = thread_begun,
	.ending = thread_ending,
};

/* ---- Start and stop ---- */

static bool handler_is_ours(struct sigaction *now)
{
	sigaction(SIGPROF, NULL, now);
	return (now->sa_flags & SA_SIGINFO) != 0 &&
	       now->sa_sigaction == on_signal;
}

static void install_handler(void)
{
	struct sigaction now;
	struct sigaction ours = {
		.sa_sigaction = on_signal,
		.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK,
	};

	if (handler_is_ours(&now))
		return;
	cpu.before = now;
	/* All, also those that sigfillset leaves out: a thread that is
	 * cancelled inside the gate would never leave it. */
	memset(&ours.sa_mask, 0xff, sizeof(ours.sa_mask));
	sigaction(SIGPROF, &ours, NULL);
}

static int start(int64_t rate, struct bench_error *err)
{
	if (rate > MOST_RATE)
		rate = MOST_RATE;
	if (bi_table_init(&cpu.table, ENTRIES) < 0)
		return bi_error_nomem(err);
	cpu.roster.period_ns = NS_PER_SEC / rate;
	cpu.roster.cookie = &cpu.roster;
	cpu.roster.source = bi_ticker_choose(cpu.roster.period_ns);
	if (cpu.roster.source == BI_TICKER_PERF)
		atomic_store(&cpu.perf, true);
	cpu.taken = false;
	atomic_store(&cpu.walked, 0);
	atomic_fetch_add(&cpu.session, 1);
	install_handler();
	bi_gate_open(&cpu.gate);
	bi_roster_add_all(&cpu.roster);
	cpu.look = bi_ticker_arm_process(LOOK_NS, &cpu.look);
	return 0;
}

static void stop(void)
{
	struct sigaction now;

	if (cpu.look >= 0)
		bi_ticker_disarm(BI_TICKER_TIMER, cpu.look);
	cpu.look = -1;
	bi_gate_close(&cpu.gate);
	cpu.taken = !handler_is_ours(&now);
	bi_roster_clear(&cpu.roster);
}

static void forget(void)
{
	bi_table_release(&cpu.table);
}

static void forked(void)
{
	bi_gate_reset(&cpu.gate);
	bi_roster_abandon(&cpu.roster);
	cpu.look = -1;
	bi_table_release(&cpu.table);
}

/* ---- Collecting ---- */

static int comment(struct bi_profile *out)
{
	int64_t dropped = atomic_load(&cpu.table.dropped);
	int64_t walked = atomic_load(&cpu.walked);
	int missed = atomic_load(&cpu.roster.missed);
	int rc = 0;

	if (dropped > 0)
		rc = bi_profile_comment(out,
					"%lld samples were dropped: too many "
					"different stacks",
					(long long)dropped);
	if (rc == 0 && walked > 0)
		rc = bi_profile_comment(
			out,
			"%lld samples interrupted code without unwind tables: "
			"their callers may be missing",
			(long long)walked);
	if (rc == 0 && missed > 0)
		rc = bi_profile_comment(out,
					"%d threads were not sampled: the "
					"kernel gave no timer",
					missed);
	if (rc == 0 && cpu.taken)
		rc = bi_profile_comment(out,
					"the program took SIGPROF for itself: "
					"samples after that are missing");
	return rc;
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	const struct bi_entry *entry;
	size_t cursor = 0;
	int rc = 0;

	out->type[SAMPLES] = (struct bi_value_type){"samples", "count"};
	out->type[TIME] = (struct bi_value_type){"cpu", "nanoseconds"};
	out->type_count = 2;
	out->leaf_is_exact = true;
	out->period_type = out->type[TIME];
	out->period = cpu.roster.period_ns;
	while (rc == 0 &&
	       (entry = bi_table_next(&cpu.table, &cursor)) != NULL) {
		int64_t count = atomic_load(&entry->value[SAMPLES]);
		struct bi_sample sample = {
			.pcs = bi_entry_pcs(&cpu.table, entry),
			.depth = entry->depth,
			.tags = entry->key.tags,
			.value = {count, count * out->period},
		};

		rc = bi_profile_add(out, &sample);
	}
	if (rc == 0)
		rc = comment(out);
	return rc == 0 ? 0 : bi_error_nomem(err);
}

const struct bi_kind bi_cpu_kind = {
	.name = "cpu",
	.description = "where CPU time is spent, by sampling the stacks of "
		       "running threads",
	.default_rate = DEFAULT_RATE,
	.start = start,
	.stop = stop,
	.collect = collect,
	.forget = forget,
	.forked = forked,
};
