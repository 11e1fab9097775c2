/* truth [FILE]: three threads use 60, 30 and 10 % of the CPU time, each in a
 * function of its own, one of them through a known tree of calls; the profile
 * says the same.  With FILE, the profile in pprof's format goes there. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <benchkit/profile.h>

#define NOINLINE __attribute__((noinline))

/* CPU time of all; 150 samples. */
#define TOTAL_NS INT64_C(1500000000)

/* What may be wrong with a share, in percent: a thread's last sample, and the
 * little that the other threads and this one do besides. */
#define TOLERANCE 3.0

static _Thread_local volatile uint64_t sink;

static int64_t cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* About a millisecond. */
#define BURN()                                                                 \
	do {                                                                   \
		for (int i_ = 0; i_ < 300000; i_++)                            \
			sink += (uint64_t)i_;                                  \
	} while (0)

NOINLINE static void burn_much(int64_t until)
{
	while (cpu_ns() < until)
		BURN();
}

NOINLINE static void burn_some(int64_t until)
{
	while (cpu_ns() < until)
		BURN();
}

NOINLINE static void leaf(void)
{
	BURN();
}

NOINLINE static void through(void)
{
	leaf();
	sink++;
}

/* Half of it through another function. */
NOINLINE static void burn_little(int64_t until)
{
	while (cpu_ns() < until) {
		leaf();
		through();
	}
}

static struct part {
	const char *function;
	void (*burn)(int64_t until);
	int64_t percent;
	int64_t cpu_ns; /* what the thread's clock says */
} parts[] = {
	{"burn_much", burn_much, 60, 0},
	{"burn_some", burn_some, 30, 0},
	{"burn_little", burn_little, 10, 0},
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

static void *run_part(void *arg)
{
	struct part *part = arg;
	int64_t began = cpu_ns();

	part->burn(began + TOTAL_NS / 100 * part->percent);
	part->cpu_ns = cpu_ns() - began;
	return NULL;
}

static char text[1 << 20];
static size_t text_len;

static int take(void *arg, const void *data, size_t size)
{
	(void)arg;
	if (size > sizeof(text) - 1 - text_len)
		return 1;
	memcpy(text + text_len, data, size);
	text_len += size;
	return 0;
}

/* The sum of all folded stacks with FRAMES in them; "" for all. */
static double sum_of(const char *frames)
{
	const char *line, *end, *at;
	double sum = 0;

	for (line = text; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		at = strstr(line, frames);
		if (at == NULL || at >= end)
			continue;
		at = end;
		while (at[-1] != ' ')
			at--;
		sum += strtod(at, NULL);
	}
	return sum;
}

static int check_share(const char *frames, double got, double want)
{
	int wrong = got < want - TOLERANCE || got > want + TOLERANCE;

	printf("%-28s %5.1f %%, in truth %5.1f %%%s\n", frames, got, want,
	       wrong ? ": WRONG" : "");
	return wrong;
}

static int check(void)
{
	double total = sum_of(""), truth = 0;
	int i, wrong = 0;

	for (i = 0; i < PARTS; i++)
		truth += (double)parts[i].cpu_ns;
	for (i = 0; i < PARTS; i++)
		wrong |= check_share(parts[i].function,
				     100 * sum_of(parts[i].function) / total,
				     100 * (double)parts[i].cpu_ns / truth);
	printf("%.2f s in samples, %.2f s in truth\n", total / 1e9,
	       truth / 1e9);
	wrong |= total < 0.9 * truth || total > 1.1 * truth;
	/* There is no other way to either. */
	wrong |= sum_of(";leaf ") != sum_of("burn_little;leaf ") +
					     sum_of("burn_little;through;leaf ");
	wrong |= sum_of("burn_little;through;leaf ") == 0;
	return wrong;
}

int main(int argc, char **argv)
{
	struct bench_profile_output out = {.sink = take,
					   .format = BENCH_PROFILE_FOLDED};
	struct bench_error err = BENCH_ERROR_INIT;
	pthread_t thread[PARTS];
	int i, wrong;

	/* One thread is there before the start, and found. */
	pthread_create(&thread[0], NULL, run_part, &parts[0]);
	if (bench_profile_start("cpu", 100, &err) < 0 ||
	    bench_profile_label("phase", "main") < 0) {
		puts(err.text);
		return 1;
	}
	for (i = 1; i < PARTS; i++)
		pthread_create(&thread[i], NULL, run_part, &parts[i]);
	for (i = 0; i < PARTS; i++)
		pthread_join(thread[i], NULL);
	if (bench_profile_write("cpu", &out, &err) < 0) {
		puts(err.text);
		return 1;
	}
	wrong = check();
	out = (struct bench_profile_output){.path = argc > 1 ? argv[1] : NULL};
	if (bench_profile_stop("cpu", argc > 1 ? &out : NULL, &err) < 0) {
		puts(err.text);
		return 1;
	}
	return wrong;
}
