/* The profile flags, and what they do in the process that measures. */
#include "harness/profiling.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/integer.h"
#include "harness/flags.h"
#include "profile/hooks.h"

/* The number of a worker that is not the first. */
#define NUMBER_ENV "BENCH_PROFILE_WORKER"

static const struct {
	const char *flag;
	const char *kind; /* libbenchkit-profile's name */
	const char *rate_flag; /* NULL: none */
} table[BI_PROFILED_COUNT] = {
	[BI_PROFILED_CPU] = {"cpuprofile", "cpu", NULL},
	/* As in Go: what was allocated by a benchmark is of more interest than
	 * what is left. */
	[BI_PROFILED_MEM] = {"memprofile", "allocs", "memprofilerate"},
	[BI_PROFILED_BLOCK] = {"blockprofile", "block", "blockprofilerate"},
	[BI_PROFILED_MUTEX] = {"mutexprofile", "mutex",
			       "mutexprofilefraction"},
};

/* ---- Flags ---- */

static struct bi_profile_flags *flags_of(void *target)
{
	return &((struct bi_flags *)target)->profile;
}

/* An empty value is as good as none. */
static int keep(char **slot, const char *value)
{
	char *copy = NULL;

	if (value[0] != '\0') {
		copy = strdup(value);
		if (copy == NULL)
			return BENCH_ENOMEM;
	}
	free(*slot);
	*slot = copy;
	return 0;
}

static int set_file(void *target, enum bi_profiled kind, const char *value)
{
	return keep(&flags_of(target)->file[kind], value);
}

static int set_rate(void *target, enum bi_profiled kind, const char *value)
{
	struct bi_profile_flags *flags = flags_of(target);
	int64_t rate = 0;
	int rc = bi_integer_parse(value, strlen(value), &rate);

	if (rc == 0 && rate < 0)
		rc = BENCH_ERANGE;
	if (rc < 0)
		return rc;
	flags->rate[kind] = rate;
	flags->rated[kind] = true;
	return 0;
}

int bi_profiling_set_cpuprofile(void *target, const char *value,
				struct bench_error *err)
{
	(void)err;
	return set_file(target, BI_PROFILED_CPU, value);
}

int bi_profiling_set_memprofile(void *target, const char *value,
				struct bench_error *err)
{
	(void)err;
	return set_file(target, BI_PROFILED_MEM, value);
}

int bi_profiling_set_memprofilerate(void *target, const char *value,
				    struct bench_error *err)
{
	(void)err;
	return set_rate(target, BI_PROFILED_MEM, value);
}

int bi_profiling_set_blockprofile(void *target, const char *value,
				  struct bench_error *err)
{
	(void)err;
	return set_file(target, BI_PROFILED_BLOCK, value);
}

int bi_profiling_set_blockprofilerate(void *target, const char *value,
				      struct bench_error *err)
{
	(void)err;
	return set_rate(target, BI_PROFILED_BLOCK, value);
}

int bi_profiling_set_mutexprofile(void *target, const char *value,
				  struct bench_error *err)
{
	(void)err;
	return set_file(target, BI_PROFILED_MUTEX, value);
}

int bi_profiling_set_mutexprofilefraction(void *target, const char *value,
					  struct bench_error *err)
{
	(void)err;
	return set_rate(target, BI_PROFILED_MUTEX, value);
}

int bi_profiling_set_outputdir(void *target, const char *value,
			       struct bench_error *err)
{
	(void)err;
	return keep(&flags_of(target)->outputdir, value);
}

int bi_profiling_set_each(void *target, const char *value,
			  struct bench_error *err)
{
	(void)err;
	return keep(&flags_of(target)->each, value);
}

void bi_profile_flags_release(struct bi_profile_flags *flags)
{
	int i;

	for (i = 0; i < BI_PROFILED_COUNT; i++)
		free(flags->file[i]);
	free(flags->outputdir);
	free(flags->each);
	*flags = (struct bi_profile_flags){0};
}

/* Is kind I recorded?  A file for each benchmark has its CPU profile, and
 * whatever else is asked for. */
static bool is_wanted(const struct bi_profile_flags *flags, int i)
{
	return flags->file[i] != NULL ||
	       (i == BI_PROFILED_CPU && flags->each != NULL);
}

bool bi_profiling_wanted(const struct bi_profile_flags *flags)
{
	int i;

	for (i = 0; i < BI_PROFILED_COUNT; i++)
		if (is_wanted(flags, i))
			return true;
	return false;
}

/* ---- Can it be done? ---- */

static const struct bench_profile_hooks *hooks(void)
{
	return &bench_profile_hooks;
}

static bool have_library(void)
{
	return hooks() != NULL &&
	       hooks()->version >= BENCH_PROFILE_HOOKS_VERSION;
}

static bool have_kind(const char *name)
{
	const char *kind;
	size_t i;

	for (i = 0; have_library() && (kind = hooks()->kind(i)) != NULL; i++)
		if (strcmp(kind, name) == 0)
			return true;
	return false;
}

static int refuse(const char *flag, const char *kind, struct bench_error *err)
{
	const char *more = kind == NULL || !have_library() ? "" : " that has ";

	return bi_error_set(err, BENCH_EINPUT,
			    "-%s needs libbenchkit-profile%s%s: link with "
			    "`pkg-config --libs benchkit-profile`",
			    flag, more, *more == '\0' ? "" : kind);
}

int bi_profiling_check(const struct bi_profile_flags *flags,
		       struct bench_error *err)
{
	int i;

	for (i = 0; i < BI_PROFILED_COUNT; i++) {
		if (have_kind(table[i].kind))
			continue;
		if (flags->file[i] != NULL)
			return refuse(table[i].flag, table[i].kind, err);
		if (flags->rated[i])
			return refuse(table[i].rate_flag, table[i].kind, err);
	}
	if (flags->each != NULL && !have_kind(table[BI_PROFILED_CPU].kind))
		return refuse("profile-each", NULL, err);
	if (flags->outputdir != NULL && !have_library())
		return refuse("outputdir", NULL, err);
	return 0;
}

/* ---- Files ---- */

static int in_directory(const char *directory, const char *file,
			struct bi_buf *out)
{
	if (directory == NULL || file[0] == '/')
		return bi_buf_adds(out, file);
	return bi_buf_addf(out, "%s/%s", directory, file);
}

static int add_number(int number, struct bi_buf *out)
{
	return number <= 1 ? 0 : bi_buf_addf(out, ".%d", number);
}

static int make_directory(const char *path, struct bench_error *err)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	return bi_error_errno(err, "cannot make", path);
}

static int make_file(const char *path, struct bench_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		return bi_error_errno(err, "cannot open", path);
	close(fd);
	return 0;
}

int bi_profiling_make_files(const struct bi_profile_flags *flags,
			    struct bench_error *err)
{
	struct bi_buf path = BI_BUF_INIT;
	int i, rc = 0;

	if (flags->outputdir != NULL)
		rc = make_directory(flags->outputdir, err);
	if (rc == 0 && flags->each != NULL) {
		rc = in_directory(flags->outputdir, flags->each, &path);
		if (rc == 0)
			rc = make_directory(bi_buf_str(&path), err);
	}
	for (i = 0; rc == 0 && i < BI_PROFILED_COUNT; i++) {
		if (flags->file[i] == NULL)
			continue;
		bi_buf_reset(&path);
		rc = in_directory(flags->outputdir, flags->file[i], &path);
		if (rc == 0)
			rc = make_file(bi_buf_str(&path), err);
	}
	bi_buf_release(&path);
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

void bi_profiling_number_worker(int number)
{
	struct bi_buf text = BI_BUF_INIT;

	if (number > 1 && bi_buf_addf(&text, "%d", number) == 0)
		setenv(NUMBER_ENV, bi_buf_str(&text), 1);
	else
		unsetenv(NUMBER_ENV);
	bi_buf_release(&text);
}

/* Ours, taken out of the environment: what the benchmarks start is no worker. */
static int take_number(void)
{
	const char *text = getenv(NUMBER_ENV);
	int64_t number = 1;

	if (text != NULL)
		bi_integer_parse(text, strlen(text), &number);
	unsetenv(NUMBER_ENV);
	return (int)number;
}

/* ---- Recording ---- */

/* To the library 0 is the default; in a flag it means, as in Go, that nothing is
 * sampled, which comes to the same as the largest rate. */
static int64_t rate_of(const struct bi_profile_flags *flags, int i)
{
	return flags->rated[i] && flags->rate[i] == 0 ? INT64_MAX
						      : flags->rate[i];
}

int bi_profiling_begin(struct bi_profiling *profiling,
		       const struct bi_profile_flags *flags,
		       struct bench_error *err)
{
	int i, rc = 0;

	*profiling = (struct bi_profiling){.flags = flags,
					   .number = take_number()};
	for (i = 0; rc == 0 && i < BI_PROFILED_COUNT; i++) {
		if (!is_wanted(flags, i))
			continue;
		rc = hooks()->start(table[i].kind, rate_of(flags, i), err);
		profiling->on[i] = rc == 0;
	}
	return rc;
}

/* NAME as a part of a file's name.  '/' separates the levels of names, and what
 * stands for it must not be in another name. */
static int add_file_name(const char *name, struct bi_buf *out)
{
	int rc = 0;

	for (; rc == 0 && *name != '\0'; name++) {
		if (*name == '/' || *name == '%')
			rc = bi_buf_addf(out, "%%%02X", (unsigned)*name);
		else
			rc = bi_buf_addc(out, *name);
	}
	return rc;
}

/* The profile of KIND, what benchmark NAME has of it. */
static int write_one(const struct bi_profiling *profiling, const char *kind,
		     const char *name, struct bench_error *err)
{
	const struct bi_profile_flags *flags = profiling->flags;
	struct bench_profile_output output = {.benchmark = name};
	struct bi_buf path = BI_BUF_INIT;
	int rc = in_directory(flags->outputdir, flags->each, &path);

	if (rc == 0)
		rc = bi_buf_addc(&path, '/');
	if (rc == 0)
		rc = add_file_name(name, &path);
	if (rc == 0)
		rc = bi_buf_addf(&path, ".%s.pprof", kind);
	if (rc == 0)
		rc = add_number(profiling->number, &path);
	output.path = bi_buf_str(&path);
	rc = rc < 0 ? bi_error_nomem(err) : hooks()->write(kind, &output, err);
	bi_buf_release(&path);
	return rc;
}

static int write_each(const struct bi_profiling *profiling, const char *kind,
		      struct bench_error *err)
{
	const char **names = bi_nameset_list(&profiling->names);
	size_t i;
	int rc = 0, first = 0;

	if (names == NULL)
		return bi_error_nomem(err);
	for (i = 0; i < profiling->names.size; i++) {
		rc = write_one(profiling, kind, names[i], err);
		first = first < 0 ? first : rc;
	}
	free((void *)names);
	return first;
}

/* What FILE is to hold, by its name. */
static enum bench_profile_format format_of(const char *file)
{
	static const char suffix[] = ".folded";
	size_t len = strlen(file), size = sizeof(suffix) - 1;

	return len > size && strcmp(file + len - size, suffix) == 0
		       ? BENCH_PROFILE_FOLDED
		       : BENCH_PROFILE_PROTO;
}

/* Stop kind I and write its file, if it has one. */
static int stop(const struct bi_profiling *profiling, int i,
		struct bench_error *err)
{
	const struct bi_profile_flags *flags = profiling->flags;
	struct bench_profile_output output = {0};
	struct bi_buf path = BI_BUF_INIT;
	int rc;

	if (flags->file[i] == NULL)
		return hooks()->stop(table[i].kind, NULL, err);
	rc = in_directory(flags->outputdir, flags->file[i], &path);
	if (rc == 0)
		rc = add_number(profiling->number, &path);
	output.path = bi_buf_str(&path);
	output.format = format_of(flags->file[i]);
	rc = rc < 0 ? bi_error_nomem(err)
		    : hooks()->stop(table[i].kind, &output, err);
	bi_buf_release(&path);
	return rc;
}

int bi_profiling_end(struct bi_profiling *profiling, struct bench_error *err)
{
	int i, rc, first = 0;

	for (i = 0; i < BI_PROFILED_COUNT; i++) {
		if (!profiling->on[i])
			continue;
		rc = profiling->flags->each == NULL
			     ? 0
			     : write_each(profiling, table[i].kind, err);
		first = first < 0 ? first : rc;
		rc = stop(profiling, i, err);
		first = first < 0 ? first : rc;
	}
	bi_nameset_release(&profiling->names);
	return first;
}

unsigned bi_profiling_enter(struct bi_profiling *profiling, const char *name)
{
	if (profiling == NULL || !bi_profiling_wanted(profiling->flags))
		return 0;
	if (profiling->flags->each != NULL &&
	    !bi_nameset_has(&profiling->names, name))
		bi_nameset_add(&profiling->names, name);
	return hooks()->enter(name);
}

void bi_profiling_leave(struct bi_profiling *profiling, unsigned before)
{
	if (profiling != NULL && bi_profiling_wanted(profiling->flags))
		hooks()->leave(before);
}

bool bi_profiling_set_apart(bool ours)
{
	return have_library() && hooks()->set_apart(ours);
}
