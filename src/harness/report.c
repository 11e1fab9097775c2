/* Events become the record on stdout, and what accompanies it on stderr.
 *
 * The record is written in whole lines, each flushed: what is there can be used
 * whenever the program ends. */
#include "harness/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fmt/writer.h"
#include "harness/build.h"
#include "harness/envinfo.h"
#include "harness/json.h"
#include "harness/sysinfo.h"

/* A name longer than the column widens it by this much more than it needs. */
#define WIDTH_SLACK 8

static size_t suffix_length(const struct bi_flags *flags)
{
	int most = 1;
	char text[16];
	size_t i;

	for (i = 0; i < flags->cpu_count; i++) {
		if (flags->cpus[i] > most)
			most = flags->cpus[i];
	}
	return most == 1 ? 0
			 : (size_t)snprintf(text, sizeof(text), "-%d", most);
}

void bi_report_init(struct bi_report *report, const struct bi_plan *plan)
{
	size_t i;

	*report = (struct bi_report){
		.flags = &plan->flags, .record = stdout, .round = 1};
	report->suffix = suffix_length(&plan->flags);
	for (i = 0; i < plan->count; i++) {
		/* The suffix counts twice: so does Go's column. */
		size_t width = strlen(plan->order[i]->name) +
			       2 * report->suffix + 1;

		if (width > report->width)
			report->width = width;
	}
	bi_progress_init(&report->progress, plan->flags.count);
}

/* Out of memory: nothing can be trusted to be whole from here on. */
static bool worked(struct bi_report *report, int rc)
{
	if (rc < 0 && report->error == 0)
		report->error = ENOMEM;
	return rc == 0;
}

static void write_record(struct bi_report *report, const struct bi_buf *text)
{
	if (report->error != 0 || text->len == 0)
		return;
	bi_progress_clear(&report->progress);
	errno = 0;
	if (fwrite(text->data, 1, text->len, report->record) != text->len ||
	    fflush(report->record) != 0)
		report->error = errno != 0 ? errno : EIO;
	bi_progress_draw(&report->progress);
}

/* report->text, about NAME, goes to stdout: as it is, or wrapped in JSON behind
 * what report->json holds already. */
static void print_text(struct bi_report *report, const char *name)
{
	if (!report->flags->json) {
		write_record(report, &report->text);
	} else if (worked(report, bi_json_output(&report->json, name,
						 bi_buf_str(&report->text)))) {
		write_record(report, &report->json);
	}
	bi_buf_reset(&report->text);
	bi_buf_reset(&report->json);
}

static void print_action(struct bi_report *report, const char *action,
			 const char *name)
{
	if (!report->flags->json)
		return;
	if (worked(report, bi_json_action(&report->json, action, name,
					  *name ? report->round : 0)))
		write_record(report, &report->json);
	bi_buf_reset(&report->json);
}

static void print_stderr(struct bi_report *report, const char *text, size_t len)
{
	bi_progress_clear(&report->progress);
	fwrite(text, 1, len, stderr);
	bi_progress_draw(&report->progress);
}

/* TEXT as a line on stderr, and about NAME ("": about none) in JSON, unless
 * something has been said under KEY. */
static void note_once(struct bi_report *report, const char *key,
		      const char *name, const char *text)
{
	if (bi_nameset_has(&report->notes, key))
		return;
	bi_nameset_add(&report->notes, key);
	print_stderr(report, text, strlen(text));
	print_stderr(report, "\n", 1);
	if (report->flags->json &&
	    worked(report, bi_json_note(&report->json, name, text)))
		write_record(report, &report->json);
	bi_buf_reset(&report->json);
}

void bi_report_note(struct bi_report *report, const char *text)
{
	note_once(report, text, "", text);
}

static void note(struct bi_report *report, const struct bi_event *event)
{
	bool first_of_name = *event->name != '\0' && !event->flag;

	note_once(report, first_of_name ? event->name : event->text,
		  event->name, event->text);
}

/* What the user says KEY is, for the last time behind pair number AFTER (all:
 * -1); NULL: nothing. */
static const char *configured(const struct bi_flags *flags, const char *key,
			      size_t after)
{
	size_t i;

	for (i = flags->config_count; i > after + 1; i--) {
		if (strcmp(flags->config[i - 1].key, key) == 0)
			return flags->config[i - 1].value;
	}
	return NULL;
}

/* The line KEY, unless neither the user nor OURS says what it is. */
static int format_line(const struct bi_flags *flags, const char *key,
		       const char *ours, struct bi_buf *out)
{
	const char *value = configured(flags, key, (size_t)-1);

	if (value == NULL)
		value = ours;
	return *value == '\0' ? 0 : bi_writer_config(out, key, value);
}

/* The machine and the user's configuration, a line for each key. */
static int format_header(const struct bi_flags *flags, struct bi_buf *out)
{
	static const char *const first[] = {"goos", "goarch", "pkg", "cpu"};
	struct bi_buf cpu = BI_BUF_INIT;
	const char *ours[] = {bi_sysinfo_os(), bi_sysinfo_arch(), "", ""};
	size_t i, k;
	int rc = bi_sysinfo_cpu(&cpu);

	ours[3] = bi_buf_str(&cpu);
	for (k = 0; rc == 0 && k < 4; k++)
		rc = format_line(flags, first[k], ours[k], out);
	for (i = 0; rc == 0 && i < flags->config_count; i++) {
		const char *key = flags->config[i].key;

		for (k = 0; k < 4 && strcmp(key, first[k]) != 0; k++)
			;
		/* Said again, it is another. */
		if (k == 4 && configured(flags, key, i) == NULL)
			rc = bi_writer_config(out, key,
					      flags->config[i].value);
	}
	if (rc == 0 && flags->envinfo)
		rc = bi_envinfo_format(out);
	bi_buf_release(&cpu);
	return rc;
}

static void print_header(struct bi_report *report)
{
	if (report->begun)
		return;
	report->begun = true;
	if (worked(report, format_header(report->flags, &report->text)))
		print_text(report, "");
}

static void widen(struct bi_report *report, const char *name)
{
	size_t width = strlen(name) + report->suffix + 1;

	if (width > report->width)
		report->width = width + WIDTH_SLACK;
}

static void enter(struct bi_report *report, const struct bi_event *event)
{
	widen(report, event->name);
	if (report->flags->verbose) {
		print_stderr(report, event->name, strlen(event->name));
		print_stderr(report, "\n", 1);
	}
	print_action(report, "run", event->name);
	bi_progress_name(&report->progress, event->name, 0);
}

static void result(struct bi_report *report, const struct bi_event *event)
{
	int rc;

	print_header(report);
	rc = bi_writer_result(&report->text, event->name, event->procs,
			      report->width, &event->result, event->flag);
	if (rc == 0 && event->text_len > 0)
		rc = bi_writer_log(&report->text, BI_WRITER_BENCH, event->name,
				   event->procs, event->text);
	if (rc == 0 && report->flags->json)
		rc = bi_json_result(&report->json, event, report->round);
	if (worked(report, rc))
		print_text(report, event->name);
}

static void fail(struct bi_report *report, const struct bi_event *event)
{
	int rc;

	report->failed = true;
	if (bi_nameset_has(&report->failures, event->name))
		return;
	rc = bi_nameset_add(&report->failures, event->name);
	if (rc == 0)
		rc = bi_writer_log(&report->text, BI_WRITER_FAIL, event->name,
				   event->procs, event->text);
	if (worked(report, rc))
		print_text(report, event->name);
	print_action(report, "fail", event->name);
}

/* What only -v tells: a block on stderr, without the log, which went there as
 * it was written. */
static void aside(struct bi_report *report, const struct bi_event *event,
		  enum bi_writer_block block)
{
	if (report->flags->verbose &&
	    worked(report, bi_writer_log(&report->text, block, event->name,
					 event->procs, "")))
		print_stderr(report, bi_buf_str(&report->text),
			     report->text.len);
	bi_buf_reset(&report->text);
}

/* A single iteration is a smoke test, which times nothing. */
static void warn_of_build(struct bi_report *report)
{
	const char *warning = bi_build_warning(bi_registry_built());

	if (warning != NULL && report->flags->bench_n != 1)
		bi_report_note(report, warning);
}

void bi_report_take(void *ctx, const struct bi_event *event)
{
	struct bi_report *report = ctx;

	switch (event->kind) {
	case BI_EVENT_ENTER:
		enter(report, event);
		break;
	case BI_EVENT_MEASURE:
		warn_of_build(report);
		bi_progress_name(&report->progress, event->name, event->procs);
		break;
	case BI_EVENT_RESULT:
		report->selected = true;
		result(report, event);
		break;
	case BI_EVENT_FAIL:
		report->selected = true;
		fail(report, event);
		break;
	case BI_EVENT_SKIP:
		report->selected = true;
		aside(report, event, BI_WRITER_SKIP);
		print_action(report, "skip", event->name);
		break;
	case BI_EVENT_GROUP:
		if (event->text_len > 0)
			aside(report, event, BI_WRITER_BENCH);
		break;
	case BI_EVENT_LOG:
		print_stderr(report, event->text, event->text_len);
		break;
	case BI_EVENT_NOTE:
		note(report, event);
		break;
	case BI_EVENT_HELLO:
	case BI_EVENT_LEAVE:
	case BI_EVENT_TEMP:
	case BI_EVENT_NAME:
	case BI_EVENT_OPENED:
	case BI_EVENT_SLICE:
	case BI_EVENT_DONE:
		break;
	}
}

int bi_report_finish(struct bi_report *report)
{
	const char *bench = report->flags->bench;

	bi_progress_clear(&report->progress);
	report->progress.terminal = NULL;
	if (!report->selected && !report->failed && report->error == 0 &&
	    report->flags->count > 0 && (bench == NULL || *bench != '\0')) {
		fprintf(stderr, "no benchmark matches%s%s%s%s%s\n",
			bench ? " -bench " : "", bench ? bench : "",
			report->flags->skip ? " -skip " : "",
			report->flags->skip ? report->flags->skip : "",
			bench ? "; -list=. prints their names" : "");
		if (bench != NULL)
			return 2;
	}
	if (worked(report, bi_buf_adds(&report->text,
				       report->failed ? "FAIL\n" : "PASS\n")))
		print_text(report, "");
	print_action(report, report->failed ? "fail" : "pass", "");
	if (report->error == 0)
		return report->failed ? 1 : 0;
	fprintf(stderr, "cannot write the record: %s\n",
		strerror(report->error));
	return 2;
}

void bi_report_release(struct bi_report *report)
{
	bi_nameset_release(&report->failures);
	bi_nameset_release(&report->notes);
	bi_buf_release(&report->text);
	bi_buf_release(&report->json);
}
