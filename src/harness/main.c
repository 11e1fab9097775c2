/* bench_main(): from the command line to the exit status. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/integer.h"
#include "clock/probe.h"
#include "harness/layout.h"
#include "harness/main.h"
#include "harness/supervisor.h"
#include "harness/sysinfo.h"
#include "harness/timer.h"
#include "harness/worker.h"

#define EXIT_USAGE 2

/* The plan of the bench_main() that runs; NULL: none. */
static const struct bi_plan *current;

const struct bi_flags *bi_main_flags(void)
{
	return current == NULL ? NULL : &current->flags;
}

bool bench_short(void)
{
	return current != NULL && current->flags.short_run;
}

char *const *bench_args(int *count)
{
	static char *const none[] = {NULL};

	*count = current == NULL ? 0 : current->flags.argc;
	return *count == 0 ? none : current->flags.argv;
}

/* The descriptors that a supervisor left for us, taken out of the environment
 * so that nothing the benchmarks start believes that they are its own. */
static bool find_supervisor(int *socket, int *last_words)
{
	const char *value = getenv(BI_WIRE_ENV);
	const char *comma = value ? strchr(value, ',') : NULL;
	int64_t first = -1, second = -1;
	bool found = comma != NULL &&
		     bi_integer_parse(value, (size_t)(comma - value), &first) ==
			     0 &&
		     bi_integer_parse(comma + 1, strlen(comma + 1), &second) ==
			     0;

	*socket = (int)first;
	*last_words = (int)second;
	unsetenv(BI_WIRE_ENV);
	bi_layout_forget();
	return found;
}

static int print_help(const char *program, bool all)
{
	struct bi_buf text = BI_BUF_INIT;
	const char *slash = strrchr(program, '/');

	if (bi_buf_addf(&text,
			"usage: %s [flags] [-- arguments of the benchmarks]\n"
			"Runs benchmarks and prints their results in Go's "
			"benchmark format.\nFlags; BENCH_FLAGS in the "
			"environment is read before them%s:\n",
			slash != NULL ? slash + 1 : program,
			all ? "" : "; -h=all lists more") < 0 ||
	    bi_flags_help(all, &text) < 0) {
		bi_buf_release(&text);
		return EXIT_USAGE;
	}
	fputs(text.data, stdout);
	bi_buf_release(&text);
	return 0;
}

static int print_version(void)
{
	puts("benchkit " BENCH_VERSION);
	return 0;
}

static int print_names(const struct bi_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->registry.count; i++) {
		const char *name = plan->registry.entries[i].name;

		if (bi_pattern_match(plan->list, name) == BI_MATCH_YES)
			puts(name);
	}
	return 0;
}

static int print_clock(void)
{
	struct bi_clock_facts facts;

	bi_clock_probe(&facts);
	printf("clock: CLOCK_MONOTONIC%s%s\n", *facts.source ? " of " : "",
	       facts.source);
	printf("reading it takes: %.1f ns\n", facts.cost_ns);
	printf("shortest time seen: %lld ns\n",
	       (long long)facts.resolution_ns);
	printf("an empty start/stop pair, taken off: %.1f ns\n",
	       (double)bi_timer_calibrate(false) / 1000);
	printf("went backwards: %lld times in %lld\n",
	       (long long)facts.backwards, (long long)facts.readings);
	return facts.backwards > 0 ? 1 : 0;
}

/* For what is printed once: a full disk or a closed pipe is an error. */
static int flush(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	perror("cannot write to stdout");
	return EXIT_USAGE;
}

/* A standard descriptor that is closed would be that of the next file opened, a
 * worker's socket perhaps, and the record written into it.  Open for reading
 * only, it makes writing fail as it should. */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* In one process with the benchmarks the record keeps stdout for itself, too:
 * until give_stdout_back, what they print goes to stderr, as that of a worker
 * does. */
static void take_stdout(struct bi_report *report)
{
	int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	FILE *record = fd < 0 ? NULL : fdopen(fd, "w");

	if (record == NULL)
		return;
	fflush(stdout);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	report->record = record;
}

static void give_stdout_back(struct bi_report *report)
{
	if (report->record == stdout)
		return;
	fflush(stdout);
	dup2(fileno(report->record), STDOUT_FILENO);
	fclose(report->record);
	report->record = stdout;
}

static int run_here(struct bi_plan *plan, struct bi_report *report)
{
	int status;

	take_stdout(report);
	status = bi_worker_run_here(plan, report);
	give_stdout_back(report);
	return status;
}

/* A reader that has seen enough (| head) ends the program as it ends any
 * filter, by SIGPIPE; but only when workers and their directories are gone. */
static int run_workers(struct bi_plan *plan, struct bi_report *report,
		       char *const *argv)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	int status = bi_supervisor_run(plan, report, argv);

	signal(SIGPIPE, before);
	if (report->error == EPIPE && before == SIG_DFL)
		raise(SIGPIPE);
	return status;
}

/* Say what happened to time since BEFORE. */
static void note_drift(struct bi_report *report,
		       const struct bi_clock_drift *before)
{
	struct bi_clock_drift now = bi_clock_drift_now();
	int64_t slept = bi_clock_suspended(before, &now);
	int64_t stepped = bi_clock_stepped(before, &now);
	char text[160];

	if (slept != 0) {
		snprintf(text, sizeof(text),
			 "the machine was suspended for %.1f s during the run; "
			 "what ran then, and behind it, is in doubt",
			 (double)slept / 1e9);
		bi_report_note(report, text);
	}
	if (stepped != 0) {
		snprintf(text, sizeof(text),
			 "the date was set by %+.1f s during the run; ns/op "
			 "does not depend on it",
			 (double)stepped / 1e9);
		bi_report_note(report, text);
	}
}

static int run(struct bi_plan *plan, char *const *argv)
{
	struct bi_report report;
	const char *watcher = bi_sysinfo_watched_by();
	struct bi_flags *flags = &plan->flags;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_clock_drift before = bi_clock_drift_now();
	int status;

	if (bi_profiling_make_files(&flags->profile, &err) < 0) {
		fprintf(stderr, "%s: %s\n", argv[0], err.text);
		return EXIT_USAGE;
	}
	bi_report_init(&report, plan);
	if (flags->shuffle != BI_SHUFFLE_OFF)
		fprintf(stderr, "-shuffle=%lld\n", (long long)flags->seed);
	if (flags->isolate && !flags->isolate_given && watcher != NULL) {
		fprintf(stderr, "-isolate=off: running under %s\n", watcher);
		flags->isolate = false;
	}
	if (!flags->isolate && flags->limits_given)
		fputs("-isolate=off: nothing watches -timeout and -memlimit\n",
		      stderr);
	status = flags->isolate ? run_workers(plan, &report, argv)
				: run_here(plan, &report);
	note_drift(&report, &before);
	if (status == 1)
		report.failed = true;
	if (status <= 1)
		status = bi_report_finish(&report);
	else
		bi_progress_clear(&report.progress);
	bi_report_release(&report);
	return status;
}

int bench_main(int argc, char **argv)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_plan plan;
	int socket, last_words, status;
	bool is_worker = find_supervisor(&socket, &last_words);

	fill_descriptors();
	if (bi_plan_make(&plan, argc, argv, &err) < 0) {
		fprintf(stderr, "%s: %s\n", argc > 0 ? argv[0] : "benchmark",
			err.text);
		status = EXIT_USAGE;
		goto out;
	}
	current = &plan;
	if (is_worker)
		status = bi_worker_serve(&plan, socket, last_words);
	else if (plan.flags.help)
		status = flush(print_help(argc > 0 ? argv[0] : "benchmark",
					  plan.flags.help_all));
	else if (plan.flags.version)
		status = flush(print_version());
	else if (plan.flags.clockinfo)
		status = flush(print_clock());
	else if (plan.list != NULL)
		status = flush(print_names(&plan));
	else
		status = run(&plan, argv);
out:
	current = NULL;
	bi_plan_release(&plan);
	return status;
}
