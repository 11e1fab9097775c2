/* Of bench/layout.sh: a search by halving. */
#include "parts.h"

size_t find(const int *value, size_t count, int wanted)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (value[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
