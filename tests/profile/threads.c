/* A picture of all threads shows where each is: those that wait at one place
 * together, one with a stack as small as can be, one without a signal for it,
 * while others come and go.  And exactly those are counted that were made. */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <benchkit/profile.h>
#include <benchkit/version.h>

#define NOINLINE __attribute__((noinline))

enum { SLEEPERS = 3, PICTURES = 20 };

static sem_t ready, over;
static atomic_bool ended;
static atomic_int deaf_tid;

NOINLINE static void sleep_here(void)
{
	sem_post(&ready);
	sem_wait(&over);
}

static void *sleeper(void *nothing)
{
	pthread_setname_np(pthread_self(), "a \"sleeper\"");
	sleep_here();
	return nothing;
}

NOINLINE static void run_here(void)
{
	sem_post(&ready);
	while (!atomic_load(&ended))
		;
}

static void *runner(void *nothing)
{
	run_here();
	return nothing;
}

NOINLINE static void sleep_little(void)
{
	sem_post(&ready);
	sem_wait(&over);
}

static void *small(void *nothing)
{
	sleep_little();
	return nothing;
}

static void *deaf(void *nothing)
{
	sigset_t all;

	pthread_setname_np(pthread_self(), "deaf");
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	atomic_store(&deaf_tid, (int)syscall(SYS_gettid));
	sem_post(&ready);
	sem_wait(&over);
	return nothing;
}

static void *briefly(void *nothing)
{
	return nothing;
}

static atomic_int made;

NOINLINE static void make_threads(void)
{
	pthread_t thread;

	sem_post(&ready);
	while (!atomic_load(&ended)) {
		if (pthread_create(&thread, NULL, briefly, NULL) != 0)
			continue;
		atomic_fetch_add(&made, 1);
		pthread_join(thread, NULL);
	}
}

static void *churner(void *nothing)
{
	make_threads();
	return nothing;
}

NOINLINE static void make_sleepers(pthread_t *thread)
{
	int i;

	for (i = 0; i < SLEEPERS; i++)
		pthread_create(&thread[i], NULL, sleeper, NULL);
}

/* ---- What is shown ---- */

static char text[1 << 20];
static size_t text_len;

static int take(void *arg, const void *data, size_t size)
{
	(void)arg;
	if (size > sizeof(text) - 1 - text_len)
		return 1;
	memcpy(text + text_len, data, size);
	text_len += size;
	text[text_len] = '\0';
	return 0;
}

static void write_text(const char *kind, enum bench_profile_format format)
{
	struct bench_profile_output out = {.sink = take, .format = format};
	struct bench_error err = BENCH_ERROR_INIT;

	text_len = 0;
	if (bench_profile_write(kind, &out, &err) < 0) {
		puts(err.text);
		exit(1);
	}
}

/* The sum of the numbers that head the records with FRAME in them. */
static long count(const char *frame)
{
	char *record = strchr(text, '\n'), *end, *at;
	long sum = 0;

	for (; record != NULL; record = end == NULL ? NULL : end + 1) {
		end = strstr(record + 1, "\n\n");
		at = strstr(record, frame);
		if (at != NULL && (end == NULL || at < end))
			sum += strtol(record + 1, NULL, 10);
	}
	return sum;
}

static int check(const char *frame, long want)
{
	long got = count(frame);

	if (got != want)
		printf("%ld of '%s', want %ld, in\n%s\n", got, frame, want,
		       text);
	return got != want;
}

static int wanted(const char *part)
{
	if (strstr(text, part) == NULL) {
		printf("no '%s' in\n%s\n", part, text);
		return 1;
	}
	return 0;
}

static int check_pictures(void)
{
	int i, wrong = 0;
	long churners = 0;

	for (i = 0; i < PICTURES && !wrong; i++) {
		write_text("threads", BENCH_PROFILE_TEXT);
		wrong |= wanted("threads profile: total ");
		wrong |= check("\tsleep_here+0x", SLEEPERS);
		wrong |= check("\trun_here+0x", 1);
		wrong |= check("\tsleep_little+0x", 1);
		/* pthread_create blocks all signals for a moment, which may be
		 * a long one on a busy machine. */
		churners += count("\tmake_threads+0x");
		wrong |= check("\tmain+0x", 1);
	}
	return wrong | (churners == 0) | (churners > PICTURES);
}

static int check_stacks(void)
{
	char line[64];
	int wrong = 0;

	write_text("threads", BENCH_PROFILE_STACKS);
	wrong |= wanted("\"a ?sleeper?\" [sleeping");
	wrong |= wanted("\nsleep_here\n\t");
	wrong |= wanted("\nsleep_little\n\t");
	snprintf(line, sizeof(line), "thread %d \"deaf\" [blocks the signal",
		 atomic_load(&deaf_tid));
	return wrong | wanted(line);
}

int main(void)
{
	pthread_t thread[SLEEPERS], others[4];
	pthread_attr_t attr;
	int i, wrong;

	sem_init(&ready, 0, 0);
	sem_init(&over, 0, 0);
	pthread_attr_init(&attr);
	if (!BENCH_SANITIZED)
		pthread_attr_setstacksize(&attr,
					  (size_t)sysconf(_SC_THREAD_STACK_MIN));
	if (bench_profile_start("threadcreate", 0, NULL) < 0)
		return 1;
	make_sleepers(thread);
	pthread_create(&others[0], NULL, runner, NULL);
	pthread_create(&others[1], &attr, small, NULL);
	pthread_create(&others[2], NULL, churner, NULL);
	for (i = 0; i < SLEEPERS + 3; i++)
		sem_wait(&ready);
	wrong = check_pictures();
	pthread_create(&others[3], NULL, deaf, NULL);
	sem_wait(&ready);
	wrong |= check_stacks();
	atomic_store(&ended, true);
	for (i = 0; i < SLEEPERS + 2; i++)
		sem_post(&over);
	for (i = 0; i < SLEEPERS; i++)
		pthread_join(thread[i], NULL);
	for (i = 0; i < 4; i++)
		pthread_join(others[i], NULL);
	write_text("threadcreate", BENCH_PROFILE_TEXT);
	wrong |= check("\tmake_sleepers+0x", SLEEPERS);
	wrong |= check("\tmake_threads+0x", atomic_load(&made));
	wrong |= check("\tmain+0x", SLEEPERS + 4);
	bench_profile_stop("threadcreate", NULL, NULL);
	return wrong;
}
