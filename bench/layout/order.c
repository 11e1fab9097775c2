/* Of bench/layout.sh: two loops, and branches that depend on data. */
#include "parts.h"

void order(int *value, size_t count)
{
	size_t i, k;

	for (i = 1; i < count; i++) {
		int moved = value[i];

		for (k = i; k > 0 && value[k - 1] > moved; k--)
			value[k] = value[k - 1];
		value[k] = moved;
	}
}
