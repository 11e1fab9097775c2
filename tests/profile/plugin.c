/* A library for tests to open and close. */
#include <stdint.h>

__attribute__((visibility("default"))) uint64_t plugin_work(uint64_t n);

uint64_t plugin_work(uint64_t n)
{
	volatile uint64_t sum = 0;
	uint64_t i;

	for (i = 0; i < n; i++)
		sum += i;
	return sum;
}
