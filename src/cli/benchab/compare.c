/* Two programs, from their paths to a finished run. */
#include "cli/benchab/compare.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "wire/note.h"
#include "wire/protocol.h"

/* Set by the handler of a signal that ends the run. */
static volatile sig_atomic_t stopped;
static sigset_t before;

static void stop(int signo)
{
	(void)signo;
	stopped = 1;
}

void compare_catch_signals(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = stop};
	sigset_t set;
	size_t i;

	/* Blocked but while we wait: so none is lost between a look at STOPPED
	 * and the wait. */
	sigemptyset(&set);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], &action, NULL);
		sigaddset(&set, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &set, &before);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigdelset(&before, signals[i]);
	signal(SIGPIPE, SIG_IGN);
	/* An inherited SIG_IGN would reap the workers behind our back. */
	signal(SIGCHLD, SIG_DFL);
}

bool compare_is_stopped(void)
{
	return stopped != 0;
}

const sigset_t *compare_waiting_signals(void)
{
	return &before;
}

void compare_restore_signals(void)
{
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void compare_forget_stop(void)
{
	stopped = 0;
}

static int check_program(const char *path, struct bench_error *err)
{
	int protocol, rc = bi_note_read(path, &protocol, err);

	if (rc < 0)
		return rc;
	if (access(path, X_OK) < 0)
		return bi_error_set(err, BENCH_EINPUT, "%s: not executable",
				    path);
	if (protocol == 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "%s: not built with benchkit, or with one "
				    "that could not do this yet",
				    path);
	if (protocol != BI_WIRE_VERSION)
		return bi_error_set(err, BENCH_EINPUT,
				    "%s: speaks protocol %d, this benchab "
				    "protocol %d: build it with the same "
				    "benchkit",
				    path, protocol, BI_WIRE_VERSION);
	return 0;
}

/* The flags that both programs get. */
static int add_flags(const struct options *options, struct bi_buf *text)
{
	const struct {
		const char *name;
		const char *value;
	} flag[] = {
		{"-benchtime", "1x"},
		{"-count", "1"},
		{"-benchmem", "true"},
		{"-timeout", "0"},
		{"-bench", options->bench},
		{"-skip", options->skip},
		{"-cpu", options->cpu},
		{"-short", options->short_run ? "true" : NULL},
	};
	size_t i;
	int rc = 0;

	for (i = 0; i < sizeof(flag) / sizeof(flag[0]) && rc == 0; i++) {
		if (flag[i].value != NULL)
			rc = bi_buf_addf(text, "%s=%s%c", flag[i].name,
					 flag[i].value, '\0');
	}
	return rc == 0 ? bi_buf_add(text, "--", 3) : rc;
}

static int make_argv(struct compare *compare, int side,
		     const struct options *options,
		     const struct program *program)
{
	struct bi_buf text = BI_BUF_INIT;
	size_t count = 0, args = 0, used = 0, i;
	char *at;

	if (add_flags(options, &text) < 0) {
		bi_buf_release(&text);
		return BENCH_ENOMEM;
	}
	for (i = 0; i < text.len; i++)
		count += text.data[i] == '\0';
	while (program->args[args] != NULL)
		args++;
	compare->text[side] = text.data;
	compare->argv[side] = calloc(count + args + 2, sizeof(char *));
	if (compare->argv[side] == NULL)
		return BENCH_ENOMEM;
	compare->argv[side][used++] = compare->path[side];
	for (at = text.data; at < text.data + text.len; at += strlen(at) + 1)
		compare->argv[side][used++] = at;
	for (i = 0; i < args; i++)
		compare->argv[side][used++] = program->args[i];
	return 0;
}

static int prepare_side(struct compare *compare, int side,
			const struct options *options,
			const struct program *program, struct bench_error *err)
{
	int rc = check_program(program->path, err);

	if (rc < 0)
		return rc;
	compare->path[side] = realpath(program->path, NULL);
	if (compare->path[side] == NULL)
		return bi_error_errno(err, "cannot find", program->path);
	if (make_argv(compare, side, options, program) < 0)
		return bi_error_nomem(err);
	compare->plan.side[side] =
		(struct bi_side){compare->path[side], compare->argv[side]};
	return 0;
}

int compare_prepare(struct compare *compare, const struct options *options,
		    const struct program *old, const struct program *new,
		    struct bench_error *err)
{
	int rc;

	compare->plan = (struct bi_pair_plan){
		.patience = {.timeout_ns = options->timeout_ns,
			     .stop = &stopped,
			     .waiting = before},
		.alpha = options->alpha,
		.margin = options->margin,
		.margin_ns = options->margin_ns,
		.exact = options->exact,
		.correction = options->correction,
		.metric = options->metric,
		.budget_ns = options->budget_ns,
		.time_ns = options->time_ns,
		.seed = options->seed,
	};
	rc = prepare_side(compare, 0, options, old, err);
	return rc < 0 ? rc : prepare_side(compare, 1, options, new, err);
}

void compare_release(struct compare *compare)
{
	int side;

	bi_pair_run_release(&compare->run);
	for (side = 0; side < 2; side++) {
		free(compare->path[side]);
		free(compare->argv[side]);
		free(compare->text[side]);
	}
	*compare = (struct compare){.path = {NULL, NULL}};
}
