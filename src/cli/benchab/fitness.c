/* What can be told beforehand of machine and builds.  Doubts, not verdicts: the
 * comparison of OLD with itself decides whether the run is fit. */
#include "cli/benchab/fitness.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "wire/process.h"

static int cpu_count(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) < 0 ? 0
							   : CPU_COUNT(&set);
}

static int doubt_machine(struct bi_buf *out)
{
	static const char governor_path[] =
		"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
	char governor[32] = "";
	FILE *file = fopen(governor_path, "r");
	double load[1] = {0};
	int cpus = cpu_count(), rc = 0;

	if (file != NULL) {
		if (fgets(governor, sizeof(governor), file) == NULL)
			governor[0] = '\0';
		fclose(file);
		governor[strcspn(governor, "\n")] = '\0';
	}
	if (cpus == 0)
		rc = bi_buf_adds(out, "the CPUs cannot be chosen: more "
				      "launches will be needed\n");
	if (cpus == 1)
		rc = bi_buf_adds(out, "one CPU only: what else runs takes "
				      "turns with the benchmarks\n");
	if (rc == 0 && cpus > 0 && getloadavg(load, 1) == 1 &&
	    load[0] > 1.5 * cpus)
		rc = bi_buf_addf(out, "the machine is busy: load %.1f on %d "
				      "CPUs\n",
				 load[0], cpus);
	if (rc == 0 && strcmp(governor, "powersave") == 0)
		rc = bi_buf_adds(out, "the CPU's governor is powersave\n");
	if (rc == 0 && !bi_process_can_fix_layout())
		rc = bi_buf_adds(
			out,
			"the kernel keeps address layouts random "
			"(personality() is refused, as Docker's default "
			"profile does): more launches will be needed\n");
	if (rc == 0 && access("/proc/self/schedstat", R_OK) != 0)
		rc = bi_buf_adds(out, "/proc does not say how long threads "
				      "wait: not told apart from sleep\n");
	return rc;
}

/* All of a file, or nothing. */
struct bytes {
	const char *data;
	size_t size;
};

static struct bytes map(const char *path)
{
	struct bytes bytes = {NULL, 0};
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *data;

	if (fd < 0)
		return bytes;
	if (fstat(fd, &st) == 0 && st.st_size > 0) {
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			    fd, 0);
		if (data != MAP_FAILED)
			bytes = (struct bytes){data, (size_t)st.st_size};
	}
	close(fd);
	return bytes;
}

/* The compiler's own words in the file: "GCC: (Debian 12.2.0) 12.2.0". */
static size_t find_compiler(const struct bytes *bytes, const char **text)
{
	static const char *const words[] = {"GCC: (", "clang version "};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *found = memmem(bytes->data, bytes->size, words[i],
					   strlen(words[i]));

		if (found != NULL) {
			*text = found;
			return strnlen(found, bytes->size -
						      (size_t)(found -
							       bytes->data));
		}
	}
	*text = "";
	return 0;
}

static bool has(const struct bytes *bytes, const char *word)
{
	return memmem(bytes->data, bytes->size, word, strlen(word)) != NULL;
}

static int doubt_builds(const struct bytes *old, const struct bytes *new,
			struct bi_buf *out)
{
	/* What instrumented code calls; libbenchkit itself only asks whether
	 * there is an __asan_init. */
	static const char *const sanitizers[] = {"__asan_report",
						 "__tsan_func_entry",
						 "__msan_warning",
						 "__ubsan_handle"};
	const char *text[2];
	size_t len[2], i;
	int rc = 0;

	len[0] = find_compiler(old, &text[0]);
	len[1] = find_compiler(new, &text[1]);
	if (len[0] != len[1] || memcmp(text[0], text[1], len[0]) != 0)
		rc = bi_buf_addf(out,
				 "built by different compilers: \"%.*s\" and "
				 "\"%.*s\"\n",
				 (int)len[0], text[0], (int)len[1], text[1]);
	for (i = 0; i < sizeof(sanitizers) / sizeof(sanitizers[0]) && rc == 0;
	     i++) {
		if (has(old, sanitizers[i]) || has(new, sanitizers[i]))
			rc = bi_buf_addf(out, "built with a sanitizer (%s)\n",
					 sanitizers[i]);
	}
	return rc;
}

int fitness_doubts(const char *old, const char *new, struct bi_buf *out)
{
	struct bytes a = map(old), b = map(new);
	int rc = doubt_machine(out);

	if (rc == 0 && a.data != NULL && b.data != NULL)
		rc = doubt_builds(&a, &b, out);
	if (a.data != NULL)
		munmap((void *)a.data, a.size);
	if (b.data != NULL)
		munmap((void *)b.data, b.size);
	return rc;
}
