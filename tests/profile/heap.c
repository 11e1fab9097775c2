/* heap [FILE]: what the profile says of known allocations: exactly at rate 1, and
 * nearly at others.  With FILE, a heap profile goes there, and its text into
 * FILE.txt. */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <benchkit/profile.h>

#define NOINLINE __attribute__((noinline))

static int failures;

/* Of the folded text; the compiler knows nothing of what is kept. */
static char text[1 << 20];
static size_t text_len;
static _Thread_local void *volatile kept;

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

static void must(int rc, const struct bench_error *err)
{
	if (rc < 0) {
		puts(err->text);
		exit(1);
	}
}

static void start(const char *kind, int64_t rate)
{
	struct bench_error err = BENCH_ERROR_INIT;

	must(bench_profile_start(kind, rate, &err), &err);
}

/* TEXT becomes what KIND has so far. */
static void look(const char *kind)
{
	struct bench_profile_output out = {.sink = take,
					   .format = BENCH_PROFILE_FOLDED};
	struct bench_error err = BENCH_ERROR_INIT;

	text_len = 0;
	text[0] = '\0';
	must(bench_profile_write(kind, &out, &err), &err);
}

static void stop(const char *kind)
{
	struct bench_error err = BENCH_ERROR_INIT;

	must(bench_profile_stop(kind, NULL, &err), &err);
}

/* The sum of all folded stacks with FRAME in them; "" for all. */
static double sum_of(const char *frame)
{
	const char *line, *end, *at;
	double sum = 0;

	for (line = text; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		at = strstr(line, frame);
		if (at == NULL || at >= end)
			continue;
		at = end;
		while (at[-1] != ' ')
			at--;
		sum += strtod(at, NULL);
	}
	return sum;
}

/* PERCENT is what it may be off by. */
static void check(const char *what, const char *frame, double want,
		  double percent)
{
	double got = sum_of(frame), off = want * percent / 100;
	int wrong = got < want - off || got > want + off;

	printf("%-34s %12.0f, want %12.0f%s\n", what, got, want,
	       wrong ? ": WRONG" : "");
	if (wrong) {
		fputs(text, stdout);
		failures++;
	}
}

/* ---- Work whose allocations are known ---- */

struct node {
	struct node *next;
	char rest[56];
};

NOINLINE static struct node *make_list(int64_t count)
{
	struct node *list = NULL, *node;

	while (count-- > 0) {
		node = malloc(sizeof(*node));
		node->next = list;
		list = node;
	}
	return list;
}

NOINLINE static void free_list(struct node *list)
{
	struct node *next;

	for (; list != NULL; list = next) {
		next = list->next;
		free(list);
	}
}

NOINLINE static void churn(int64_t count, size_t size)
{
	while (count-- > 0) {
		kept = malloc(size);
		free(kept);
	}
}

/* Larger than the rate, and never touched. */
enum { LARGE = 2 << 20, LARGE_COUNT = 512 };

static void *large[LARGE_COUNT];

NOINLINE static void make_large(void)
{
	int i;

	for (i = 0; i < LARGE_COUNT; i++)
		large[i] = malloc(LARGE);
}

/* 10 + 20 + ... + 100 bytes, of which the last 100 stay. */
NOINLINE static void *grow_block(void)
{
	void *p = NULL;
	size_t size;

	for (size = 10; size <= 100; size += 10)
		p = realloc(p, size);
	return p;
}

/* 8 functions, 64 bytes of each. */
NOINLINE static void use_family(void *out[8])
{
	out[0] = malloc(64);
	out[1] = calloc(4, 16);
	out[2] = realloc(NULL, 64);
	out[3] = reallocarray(NULL, 8, 8);
	out[4] = memalign(32, 64);
	out[5] = aligned_alloc(64, 64);
	out[6] = valloc(64);
	if (posix_memalign(&out[7], 64, 64) != 0)
		exit(1);
}

/* ---- Tests ---- */

static void at_rate_1_all_is_exact(void)
{
	struct node *list;
	void *block[8], *grown;
	int i;

	start("heap", 1);
	start("allocs", 1);
	list = make_list(1000);
	churn(5000, 48);
	grown = grow_block();
	use_family(block);
	look("heap");
	check("list in use", ";make_list ", 1000 * sizeof(*list), 0);
	check("churn in use", ";churn ", 0, 0);
	check("grown block in use", ";grow_block ", 100, 0);
	check("family in use", ";use_family ", 8 * 64, 0);
	look("allocs");
	check("list allocated", ";make_list ", 1000 * sizeof(*list), 0);
	check("churn allocated", ";churn ", 5000 * 48, 0);
	check("grown block allocated", ";grow_block ", 550, 0);
	check("family allocated", ";use_family ", 8 * 64, 0);
	free_list(list);
	free(grown);
	for (i = 0; i < 8; i++)
		free(block[i]);
	/* One goes on without the other. */
	stop("allocs");
	churn(10, 16);
	look("heap");
	check("all in use after free", "", 0, 0);
	stop("heap");
}

static void a_failed_realloc_changes_nothing(void)
{
	volatile size_t too_much = PTRDIFF_MAX;
	void *p;

	start("heap", 1);
	p = grow_block();
	if (realloc(p, too_much) != NULL)
		exit(1);
	look("heap");
	check("in use after failed realloc", ";grow_block ", 100, 0);
	kept = realloc(p, 0);
	look("heap");
	check("in use after realloc of 0", ";grow_block ", 0, 0);
	stop("heap");
}

static void what_was_there_before_is_not_in_it(void)
{
	struct node *list = make_list(100), *second;

	start("heap", 1);
	free_list(list);
	second = make_list(10);
	look("heap");
	check("begun late", ";make_list ", 10 * sizeof(*list), 0);
	stop("heap");
	start("heap", 1);
	look("heap");
	check("begun again", "", 0, 0);
	free_list(second);
	look("heap");
	check("others' blocks freed", "", 0, 0);
	stop("heap");
}

/* Blocks of 4 bytes to the rate: 8192 samples, so that five percent are 4.5
 * standard deviations; of the large ones it is 8. */
static void at_the_default_rate_it_is_near(void)
{
	int i;

	start("heap", 0);
	start("allocs", 0);
	make_large();
	churn(1 << 20, 4096);
	look("heap");
	check("large in use, 512 KiB", ";make_large ",
	      (double)LARGE * LARGE_COUNT, 5);
	check("churn in use, 512 KiB", ";churn ", 0, 0);
	look("allocs");
	check("churn allocated, 512 KiB", ";churn ", 4294967296.0, 5);
	for (i = 0; i < LARGE_COUNT; i++)
		free(large[i]);
	look("heap");
	check("large in use after free", ";make_large ", 0, 0);
	stop("heap");
	stop("allocs");
}

/* 10000 samples: 5 standard deviations. */
static void small_blocks_at_4_kib_are_near(void)
{
	struct node *list;

	start("heap", 4096);
	list = make_list(640000);
	look("heap");
	check("list in use, 4 KiB", ";make_list ",
	      640000.0 * sizeof(*list), 5);
	free_list(list);
	look("heap");
	check("list in use after free", "", 0, 0);
	stop("heap");
}

enum { THREADS = 400, EACH = 50 };

static void *keep_some(void *arg)
{
	*(struct node **)arg = make_list(EACH);
	churn(EACH, 100);
	return NULL;
}

/* Blocks of threads that have ended, freed by another. */
static void threads_come_and_go(void)
{
	static struct node *list[THREADS];
	static pthread_t thread[THREADS];
	int i;

	start("heap", 1);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, keep_some, &list[i]) != 0)
			exit(1);
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	look("heap");
	check("lists of threads", ";make_list ",
	      (double)THREADS * EACH * sizeof(struct node), 0);
	check("churn of threads", ";churn ", 0, 0);
	for (i = 0; i < THREADS; i++)
		free_list(list[i]);
	look("heap");
	check("lists of threads after free", ";make_list ", 0, 0);
	stop("heap");
}

static void *churn_on(void *arg)
{
	while (!__atomic_load_n((int *)arg, __ATOMIC_RELAXED))
		churn(100, 64);
	return NULL;
}

/* Nothing is recorded in the child, whatever another thread was doing, and it
 * may record for itself. */
static void children_begin_anew(void)
{
	int done = 0, status, i;
	struct node *list;
	pthread_t thread;

	start("heap", 1);
	list = make_list(10);
	pthread_create(&thread, NULL, churn_on, &done);
	for (i = 0; i < 20; i++) {
		pid_t child = fork();

		if (child == 0) {
			alarm(20);
			free_list(list);
			start("heap", 1);
			list = make_list(5);
			look("heap");
			check("child", ";make_list ", 5 * sizeof(*list), 0);
			_exit(failures != 0);
		}
		if (waitpid(child, &status, 0) != child || status != 0)
			failures++;
	}
	__atomic_store_n(&done, 1, __ATOMIC_RELAXED);
	pthread_join(thread, NULL);
	look("heap");
	check("parent", ";make_list ", 10 * sizeof(*list), 0);
	free_list(list);
	stop("heap");
}

/* Threads are inside whenever it begins and ends. */
static void starts_and_stops_are_safe_at_any_time(void)
{
	int done = 0, i;
	pthread_t thread[3];

	for (i = 0; i < 3; i++)
		pthread_create(&thread[i], NULL, churn_on, &done);
	for (i = 0; i < 200; i++) {
		start("heap", 1 + 1000 * (i % 2));
		usleep(100);
		stop("heap");
	}
	__atomic_store_n(&done, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
}

/* Until the limit is put back, nothing can be mapped. */
static struct rlimit no_more_memory(void)
{
	struct rlimit before, none = {0, 0};

	if (getrlimit(RLIMIT_AS, &before) != 0)
		exit(1);
	none.rlim_max = before.rlim_max;
	if (setrlimit(RLIMIT_AS, &none) != 0)
		exit(1);
	return before;
}

static void without_memory_it_does_not_start(void)
{
	struct rlimit before = no_more_memory();
	int rc = bench_profile_start("heap", 1, NULL);

	setrlimit(RLIMIT_AS, &before);
	if (rc != BENCH_ENOMEM || bench_profile_stop("heap", NULL, NULL) == 0) {
		printf("started without memory: %d: WRONG\n", rc);
		failures++;
	}
}

/* The list gets the memory of one before it. */
static void without_memory_to_remember_blocks_they_are_not_in_use(void)
{
	struct node *list = make_list(2000);
	struct rlimit before;

	free_list(list);
	start("allocs", 1);
	start("heap", 1);
	before = no_more_memory();
	list = make_list(1000);
	setrlimit(RLIMIT_AS, &before);
	look("allocs");
	check("allocated without memory", ";make_list ",
	      1000 * sizeof(*list), 0);
	look("heap");
	check("in use without memory", ";make_list ", 0, 0);
	free_list(list);
	list = make_list(10);
	look("heap");
	check("in use with memory again", ";make_list ", 10 * sizeof(*list), 0);
	free_list(list);
	stop("heap");
	stop("allocs");
}

static void write_files(const char *path)
{
	struct bench_profile_output out = {.path = path};
	struct bench_error err = BENCH_ERROR_INIT;
	char name[4096];
	struct node *list;

	start("heap", 1);
	list = make_list(1000);
	churn(5000, 48);
	must(bench_profile_write("heap", &out, &err), &err);
	snprintf(name, sizeof(name), "%s.txt", path);
	out.path = name;
	out.format = BENCH_PROFILE_TEXT;
	must(bench_profile_write("heap", &out, &err), &err);
	free_list(list);
	stop("heap");
}

int main(int argc, char **argv)
{
	/* Its buffer would be in a profile. */
	setvbuf(stdout, NULL, _IONBF, 0);
	at_rate_1_all_is_exact();
	a_failed_realloc_changes_nothing();
	what_was_there_before_is_not_in_it();
	at_the_default_rate_it_is_near();
	small_blocks_at_4_kib_are_near();
	threads_come_and_go();
	children_begin_anew();
	starts_and_stops_are_safe_at_any_time();
	without_memory_it_does_not_start();
	without_memory_to_remember_blocks_they_are_not_in_use();
	if (argc > 1)
		write_files(argv[1]);
	return failures != 0;
}
