#include "oracle.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <benchkit/counter.h>

void report(void)
{
	uint64_t allocs, bytes, frees;
	char line[100];
	int len;

	bench_counter.read(&allocs, &bytes, &frees);
	len = snprintf(line, sizeof(line), "%d %ju %ju %ju\n", getpid(),
		       (uintmax_t)allocs, (uintmax_t)frees, (uintmax_t)bytes);
	if (write(1, line, (size_t)len) != len)
		_exit(1);
}
