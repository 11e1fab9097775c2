/* A worker's process: started, watched, ended. */
#include "wire/process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/protocol.h"

extern char **environ;

struct signal_name {
	int signo;
	const char *name;
};

static const struct signal_name signal_names[] = {
	{SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},
	{SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
	{SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"},
	{SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"}, {SIGSYS, "SIGSYS"},
	{SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"}, {SIGUSR1, "SIGUSR1"},
	{SIGUSR2, "SIGUSR2"}, {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"},
};

int bi_process_signal_name(struct bi_buf *out, int signo)
{
	size_t i;

	for (i = 0; i < sizeof(signal_names) / sizeof(signal_names[0]); i++) {
		if (signal_names[i].signo == signo)
			return bi_buf_adds(out, signal_names[i].name);
	}
	return bi_buf_addf(out, "signal %d", signo);
}

int bi_process_reason(struct bi_buf *out, int status)
{
	if (WIFSIGNALED(status))
		return bi_process_signal_name(out, WTERMSIG(status));
	return bi_buf_addf(out, "exit status %d", WEXITSTATUS(status));
}

long long bi_process_rss(pid_t pid)
{
	char path[64], text[128], *field;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return -1;
	text[n] = '\0';
	/* Its second field: resident pages. */
	field = strchr(text, ' ');
	if (field == NULL)
		return -1;
	return strtoll(field, NULL, 10) * sysconf(_SC_PAGESIZE);
}

/* The variables that only we set. */
static const char *const own_names[] = {BI_WIRE_ENV, BI_WIRE_LAYOUT_ENV,
					BI_WIRE_PADDING_ENV};

#define OWN_COUNT (sizeof(own_names) / sizeof(own_names[0]))

static bool is_own(const char *variable)
{
	size_t len, i;

	for (i = 0; i < OWN_COUNT; i++) {
		len = strlen(own_names[i]);
		if (strncmp(variable, own_names[i], len) == 0 &&
		    variable[len] == '=')
			return true;
	}
	return false;
}

/* What a worker's environment is made of. */
struct surroundings {
	char descriptors[64];
	char layout[96];
	char *padding;
	char **list;
};

static void release_surroundings(struct surroundings *s)
{
	free(s->padding);
	free(s->list);
}

/* The variables of a layout.  All of one length, whatever the values: the
 * strings lie above the stack and move it. */
static int describe_layout(struct surroundings *s,
			   const struct bi_layout *layout)
{
	size_t name_len = strlen(BI_WIRE_PADDING_ENV "=");

	snprintf(s->layout, sizeof(s->layout), "%s=%020zu,%020zu",
		 BI_WIRE_LAYOUT_ENV, layout->heap, layout->map);
	s->padding = malloc(name_len + layout->padding + 1);
	if (s->padding == NULL)
		return BENCH_ENOMEM;
	memcpy(s->padding, BI_WIRE_PADDING_ENV "=", name_len);
	memset(s->padding + name_len, 'x', layout->padding);
	s->padding[name_len + layout->padding] = '\0';
	return 0;
}

/* Our environment with the worker's variables in the place of our own. */
static int surround(struct surroundings *s, const struct bi_layout *layout,
		    int socket, int words)
{
	size_t count = 0, used = 0, i;

	snprintf(s->descriptors, sizeof(s->descriptors), "%s=%010d,%010d",
		 BI_WIRE_ENV, socket, words);
	while (environ[count] != NULL)
		count++;
	s->list = calloc(count + OWN_COUNT + 1, sizeof(*s->list));
	if (s->list == NULL)
		return BENCH_ENOMEM;
	if (layout != NULL && describe_layout(s, layout) < 0)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++) {
		if (!is_own(environ[i]))
			s->list[used++] = environ[i];
	}
	s->list[used++] = s->descriptors;
	if (layout != NULL) {
		s->list[used++] = s->layout;
		s->list[used++] = s->padding;
	}
	return 0;
}

bool bi_process_can_fix_layout(void)
{
	int now = personality(UINT32_MAX);
	bool can;

	if (now < 0)
		return false;
	can = personality((unsigned long)now | ADDR_NO_RANDOMIZE) >= 0;
	if (can)
		personality((unsigned long)now);
	return can;
}

/* In the child: neither is worth failing for. */
static void settle(const struct bi_process_plan *plan)
{
	cpu_set_t set;
	int now;

	if (plan->cpu >= 0 && plan->cpu < CPU_SETSIZE) {
		CPU_ZERO(&set);
		CPU_SET((size_t)plan->cpu, &set);
		sched_setaffinity(0, sizeof(set), &set);
	}
	if (plan->layout != NULL && plan->layout->fixed) {
		now = personality(UINT32_MAX);
		if (now >= 0)
			personality((unsigned long)now | ADDR_NO_RANDOMIZE);
	}
}

/* In the child: the program, or if there is no error yet, why not. */
static void execute(const struct bi_process_plan *plan, char *const *env)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	if (plan->path != NULL) {
		execve(plan->path, plan->argv, env);
		return;
	}
	execve("/proc/self/exe", plan->argv, env);
	/* No /proc: the path that this program was started with. */
	if (path != NULL)
		execve(path, plan->argv, env);
}

/* Between us, at the first place, and the child. */
struct channels {
	int socket[2];
	int words[2];
	int report[2]; /* errno, when the program cannot be run */
	int output[2];
};

/* In the child, between fork and exec: only async-signal-safe calls. */
BENCH_NORETURN static void become_worker(pid_t parent,
					 const struct bi_process_plan *plan,
					 char *const *env,
					 const struct channels *channels)
{
	sigset_t watched;
	int null, error;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	/* The supervisor reads these from a descriptor. */
	sigemptyset(&watched);
	sigaddset(&watched, SIGINT);
	sigaddset(&watched, SIGTERM);
	sigaddset(&watched, SIGHUP);
	sigaddset(&watched, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &watched, NULL);
	/* A group in the background that writes to a terminal must not stop. */
	signal(SIGTTOU, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	null = open("/dev/null", O_RDWR);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		if (null > STDERR_FILENO)
			close(null);
	}
	if (channels->output[1] >= 0)
		dup2(channels->output[1], STDERR_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	settle(plan);
	execute(plan, env);
	error = errno;
	if (write(channels->report[1], &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

/* Wait until the child runs our executable.  0, or its errno. */
static int await_exec(int report)
{
	int error = 0;
	ssize_t n;

	do
		n = read(report, &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(error) ? error : 0;
}

static void close_pair(const int *pair)
{
	if (pair[0] >= 0)
		close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
}

/* The child's ends must survive exec, ours must not reach it. */
static int open_channels(struct channels *channels, bool capture)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
		       channels->socket) < 0 ||
	    pipe2(channels->words, O_CLOEXEC) < 0 ||
	    pipe2(channels->report, O_CLOEXEC) < 0)
		return -1;
	if (capture && pipe2(channels->output, O_CLOEXEC) < 0)
		return -1;
	if (fcntl(channels->socket[1], F_SETFD, 0) < 0 ||
	    fcntl(channels->words[1], F_SETFD, 0) < 0)
		return -1;
	return 0;
}

static void close_channels(const struct channels *channels)
{
	close_pair(channels->socket);
	close_pair(channels->words);
	close_pair(channels->report);
	close_pair(channels->output);
}

int bi_process_start(struct bi_process *process,
		     const struct bi_process_plan *plan,
		     struct bench_error *err)
{
	struct channels channels = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
	struct surroundings around = {.list = NULL};
	const char *what = plan->path ? plan->path : "a worker";
	pid_t parent = getpid(), pid;
	int rc = 0;

	*process = (struct bi_process)BI_PROCESS_INIT;
	if (open_channels(&channels, plan->capture) < 0) {
		rc = bi_error_errno(err, "cannot start", what);
		goto out;
	}
	if (surround(&around, plan->layout, channels.socket[1],
		     channels.words[1]) < 0) {
		rc = bi_error_nomem(err);
		goto out;
	}
	pid = fork();
	if (pid == 0)
		become_worker(parent, plan, around.list, &channels);
	if (pid < 0) {
		rc = bi_error_errno(err, "cannot start", what);
		goto out;
	}
	/* Both sides set the group: neither may find it unset. */
	setpgid(pid, pid);
	close(channels.report[1]);
	channels.report[1] = -1;
	*process = (struct bi_process){pid, channels.socket[0],
				       channels.words[0], channels.output[0]};
	channels.socket[0] = channels.words[0] = channels.output[0] = -1;
	errno = await_exec(channels.report[0]);
	if (errno != 0) {
		rc = bi_error_errno(err, "cannot start", what);
		bi_process_reap(process, NULL);
	}
out:
	release_surroundings(&around);
	close_channels(&channels);
	return rc;
}

void bi_process_kill(const struct bi_process *process)
{
	if (process->pid > 0) {
		kill(-process->pid, SIGKILL);
		kill(process->pid, SIGKILL);
	}
}

void bi_process_reap(struct bi_process *process, int *status)
{
	int ignored;

	if (process->socket >= 0)
		close(process->socket);
	if (process->last_words >= 0)
		close(process->last_words);
	if (process->output >= 0)
		close(process->output);
	if (process->pid > 0) {
		while (waitpid(process->pid, status ? status : &ignored, 0) <
			       0 &&
		       errno == EINTR)
			;
		/* Children that the benchmarks left behind. */
		kill(-process->pid, SIGKILL);
	}
	*process = (struct bi_process)BI_PROCESS_INIT;
}
