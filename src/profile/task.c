/* What the kernel says of a thread. */
#include "profile/task.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/integer.h"

/* Read up to SIZE - 1 bytes of FILE of thread TID, without what is behind the
 * last newline.  False if it cannot be read. */
static bool read_file(pid_t tid, const char *file, char *text, size_t size)
{
	struct bi_buf path = BI_BUF_INIT;
	ssize_t n = -1;
	int fd = -1;

	if (bi_buf_addf(&path, "/proc/self/task/%d/%s", (int)tid, file) == 0)
		fd = open(bi_buf_str(&path), O_RDONLY | O_CLOEXEC);
	bi_buf_release(&path);
	if (fd >= 0) {
		n = read(fd, text, size - 1);
		close(fd);
	}
	if (n < 0)
		return false;
	if (n > 0 && text[n - 1] == '\n')
		n--;
	text[n] = '\0';
	return true;
}

/* What stands behind NAME in TEXT, "Name:\tvalue\n" and so on; "" if nothing. */
static const char *value_of(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at == NULL ? "" : at + strlen(name);
}

/* A program may give its threads any name. */
static void make_printable(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == '"' ||
		    *text == 0x7f)
			*text = '?';
}

pid_t bi_task_next(DIR *folder)
{
	const struct dirent *entry;
	int64_t tid;

	while ((entry = readdir(folder)) != NULL)
		if (bi_integer_parse(entry->d_name, strlen(entry->d_name),
				     &tid) == 0)
			return (pid_t)tid;
	return 0;
}

bool bi_task_read(pid_t tid, struct bi_task *out)
{
	char status[4096];

	*out = (struct bi_task){0};
	if (!read_file(tid, "status", status, sizeof(status)) ||
	    !read_file(tid, "comm", out->name, sizeof(out->name)))
		return false;
	make_printable(out->name);
	out->state = value_of(status, "\nState:\t")[0];
	out->blocked = strtoull(value_of(status, "\nSigBlk:\t"), NULL, 16);
	/* "0": it runs, or it is nobody's business. */
	if (!read_file(tid, "wchan", out->where, sizeof(out->where)) ||
	    strcmp(out->where, "0") == 0)
		out->where[0] = '\0';
	return true;
}

bool bi_task_blocks(const struct bi_task *task, int signo)
{
	return (task->blocked >> (signo - 1) & 1) != 0;
}

bool bi_task_has_ended(const struct bi_task *task)
{
	return task->state == 'Z' || task->state == 'X';
}

static const char *name_of(char state)
{
	static const struct {
		char letter;
		const char *name;
	} states[] = {
		{'R', "running"},   {'S', "sleeping"}, {'D', "disk sleep"},
		{'T', "stopped"},   {'t', "traced"},   {'I', "idle"},
		{'Z', "has ended"}, {'X', "has ended"},
	};
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (states[i].letter == state)
			return states[i].name;
	return "unknown";
}

int bi_task_copy(const struct bi_task *task, struct bi_arena *arena,
		 struct bi_seen_thread *out)
{
	*out = (struct bi_seen_thread){
		.name = bi_arena_copy(arena, task->name, strlen(task->name)),
		.state = name_of(task->state),
		.where = bi_arena_copy(arena, task->where, strlen(task->where)),
	};
	return out->name == NULL || out->where == NULL ? BENCH_ENOMEM : 0;
}
