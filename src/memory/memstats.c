/* What a program has allocated and what its memory looks like. */
#include <benchkit/memstats.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "memory/counting.h"

/* ---- The heap: each allocator's own statistics ---- */

extern int mallctl(const char *name, void *old, size_t *old_size, void *new,
		   size_t new_size) __attribute__((weak));
extern int MallocExtension_GetNumericProperty(const char *name, size_t *value)
	__attribute__((weak));
extern void mi_process_info(size_t *elapsed, size_t *user, size_t *system,
			    size_t *rss, size_t *peak_rss, size_t *commit,
			    size_t *peak_commit, size_t *faults)
	__attribute__((weak));
extern size_t __sanitizer_get_current_allocated_bytes(void)
	__attribute__((weak));
extern size_t __sanitizer_get_heap_size(void) __attribute__((weak));

#if __GLIBC_PREREQ(2, 33)

extern __typeof__(mallinfo2) mallinfo2 __attribute__((weak));

static void read_glibc(struct bench_mem_stats *out)
{
	struct mallinfo2 info = mallinfo2();

	out->heap_alloc = (int64_t)(info.uordblks + info.hblkhd);
	out->heap_sys = (int64_t)(info.arena + info.hblkhd);
	out->heap_idle = (int64_t)info.fordblks;
}

#endif

static int64_t jemalloc_value(const char *name)
{
	size_t value, size = sizeof(value);

	if (mallctl(name, &value, &size, NULL, 0) != 0)
		return BENCH_MEM_UNKNOWN;
	return (int64_t)value;
}

static void read_jemalloc(struct bench_mem_stats *out)
{
	uint64_t epoch = 1;
	int64_t active, mapped, retained;

	/* The figures are those of the last change of the epoch. */
	mallctl("epoch", NULL, NULL, &epoch, sizeof(epoch));
	out->heap_alloc = jemalloc_value("stats.allocated");
	active = jemalloc_value("stats.active");
	mapped = jemalloc_value("stats.mapped");
	retained = jemalloc_value("stats.retained");
	if (active < 0 || mapped < 0 || retained < 0)
		return; /* built without statistics */
	out->heap_sys = mapped + retained;
	out->heap_idle = out->heap_sys - active;
	out->heap_released = retained;
}

static int64_t tcmalloc_value(const char *name)
{
	size_t value;

	if (MallocExtension_GetNumericProperty(name, &value) == 0)
		return BENCH_MEM_UNKNOWN;
	return (int64_t)value;
}

static void read_tcmalloc(struct bench_mem_stats *out)
{
	int64_t idle = tcmalloc_value("tcmalloc.pageheap_free_bytes");

	out->heap_alloc = tcmalloc_value("generic.current_allocated_bytes");
	out->heap_sys = tcmalloc_value("generic.heap_size");
	out->heap_released = tcmalloc_value("tcmalloc.pageheap_unmapped_bytes");
	if (idle >= 0 && out->heap_released >= 0)
		out->heap_idle = idle + out->heap_released;
}

static void read_mimalloc(struct bench_mem_stats *out)
{
	size_t commit, rest;

	mi_process_info(&rest, &rest, &rest, &rest, &rest, &commit, &rest,
			&rest);
	out->heap_sys = (int64_t)commit;
}

static void read_sanitizer(struct bench_mem_stats *out)
{
	/* The memory sanitizer's are 0, whatever is allocated. */
	size_t alloc = __sanitizer_get_current_allocated_bytes();
	size_t size = __sanitizer_get_heap_size == NULL
			      ? 0
			      : __sanitizer_get_heap_size();

	if (alloc > 0)
		out->heap_alloc = (int64_t)alloc;
	if (size > 0)
		out->heap_sys = (int64_t)size;
}

/* Does FUNCTION belong to the allocator?  malloc itself may be the counting one;
 * this function of the family is never ours. */
static bool is_allocators(void *function)
{
	Dl_info allocator = {0}, found = {0};

	/* A static program is one object, of which dladdr knows nothing. */
	dladdr((void *)malloc_usable_size, &allocator);
	dladdr(function, &found);
	return function != NULL && allocator.dli_fbase == found.dli_fbase;
}

static void read_heap(struct bench_mem_stats *out)
{
	const struct {
		const char *name;
		void *function;
		void (*read)(struct bench_mem_stats *out);
	} sources[] = {
		{"sanitizer", (void *)__sanitizer_get_current_allocated_bytes,
		 read_sanitizer},
		{"jemalloc", (void *)mallctl, read_jemalloc},
		{"tcmalloc", (void *)MallocExtension_GetNumericProperty,
		 read_tcmalloc},
		{"mimalloc", (void *)mi_process_info, read_mimalloc},
#if __GLIBC_PREREQ(2, 33)
		{"glibc", (void *)mallinfo2, read_glibc},
#endif
	};
	size_t i;

	/* Its malloc is nobody's of these, and answers for none. */
	if (bi_counting_under_valgrind())
		return;
	for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (is_allocators(sources[i].function)) {
			sources[i].read(out);
			out->heap_source = sources[i].name;
			return;
		}
	}
}

/* ---- The process ---- */

/* The line "NAME:   123 kB" of TEXT, in bytes. */
static int64_t find_bytes(const char *text, const char *name)
{
	const char *line = strstr(text, name);
	char *end;
	long long value;

	if (line == NULL)
		return BENCH_MEM_UNKNOWN;
	line += strlen(name);
	value = strtoll(line, &end, 10);
	return end == line || value < 0 ? BENCH_MEM_UNKNOWN : value * 1024;
}

/* /proc/self/status up to SIZE bytes; "" when there is none.  Without stdio,
 * which would allocate. */
static void read_status(char *text, size_t size)
{
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd >= 0) {
		n = read(fd, text, size - 1);
		close(fd);
	}
	text[n < 0 ? 0 : n] = '\0';
}

/* The kernel's peak of getrusage is also that of the program that called exec:
 * VmHWM is our own. */
static void read_process(struct bench_mem_stats *out)
{
	struct rusage usage;
	char text[4096];
	int64_t anonymous;

	if (getrusage(RUSAGE_SELF, &usage) == 0) {
		out->minor_faults = usage.ru_minflt;
		out->major_faults = usage.ru_majflt;
	}
	read_status(text, sizeof(text));
	out->rss = find_bytes(text, "\nVmRSS:");
	out->peak_rss = find_bytes(text, "\nVmHWM:");
	anonymous = find_bytes(text, "\nRssAnon:");
	/* All of the heap is anonymous memory, but not all of that is heap. */
	if (anonymous >= 0 && out->heap_sys >= 0 && out->heap_released < 0 &&
	    out->heap_source != NULL && strcmp(out->heap_source, "glibc") == 0)
		out->heap_released = out->heap_sys > anonymous
					     ? out->heap_sys - anonymous
					     : 0;
}

/* ---- Public ---- */

static void read_counts(struct bench_mem_stats *out)
{
	struct bi_counts counts;

	if (!bi_counting_read(&counts))
		return;
	out->mallocs = (int64_t)counts.allocs;
	out->frees = (int64_t)counts.frees;
	out->total_alloc = (int64_t)counts.bytes;
	/* A block is counted before others can free it, and yet its malloc may
	 * be read before that and its free after. */
	if (bi_counting_is_whole())
		out->heap_objects = counts.allocs > counts.frees
					    ? (int64_t)(counts.allocs -
							counts.frees)
					    : 0;
}

void bench_read_mem_stats(struct bench_mem_stats *out, unsigned parts)
{
	const struct bench_mem_stats unknown = {
		.mallocs = BENCH_MEM_UNKNOWN,
		.frees = BENCH_MEM_UNKNOWN,
		.total_alloc = BENCH_MEM_UNKNOWN,
		.heap_objects = BENCH_MEM_UNKNOWN,
		.heap_alloc = BENCH_MEM_UNKNOWN,
		.heap_sys = BENCH_MEM_UNKNOWN,
		.heap_idle = BENCH_MEM_UNKNOWN,
		.heap_released = BENCH_MEM_UNKNOWN,
		.rss = BENCH_MEM_UNKNOWN,
		.peak_rss = BENCH_MEM_UNKNOWN,
		.minor_faults = BENCH_MEM_UNKNOWN,
		.major_faults = BENCH_MEM_UNKNOWN,
	};

	*out = unknown;
	if (parts & BENCH_MEM_COUNTS)
		read_counts(out);
	if (parts & BENCH_MEM_HEAP)
		read_heap(out);
	if (parts & BENCH_MEM_PROCESS)
		read_process(out);
}
