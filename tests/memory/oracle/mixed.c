/* A hundred thousand calls in a random order. */
#include "oracle.h"

#include <stdint.h>
#include <stdlib.h>

enum { SLOTS = 500, CALLS = 100000 };

static uint32_t next_random(void)
{
	static uint32_t x = 2463534242;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

void work(void)
{
	static void *slot[SLOTS];
	uint32_t i, at;
	size_t size;

	for (i = 0; i < CALLS; i++) {
		at = next_random() % SLOTS;
		size = next_random() % 2000;
		switch (next_random() % 4) {
		case 0:
			free(slot[at]);
			slot[at] = hide(malloc(size));
			break;
		case 1:
			free(slot[at]);
			slot[at] = hide(calloc(size, 2));
			break;
		case 2:
			slot[at] = hide(realloc(slot[at], size));
			break;
		default:
			free(slot[at]);
			slot[at] = NULL;
			break;
		}
	}
}
