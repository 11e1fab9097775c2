/* SipHash-2-4: two rounds for each eight bytes, four at the end. */
#include "name_hash.h"

#include <endian.h>
#include <string.h>
#include <sys/random.h>

static uint64_t secret[2];

/* Before main.  At most 256 bytes come all at once or not at all; without them
 * the hash is one that anybody can compute, and as good otherwise. */
__attribute__((constructor)) static void draw_secret(void)
{
	if (getrandom(secret, sizeof(secret), 0) < 0)
		secret[0] = 0;
}

static inline uint64_t rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

/* By value: it stays in registers. */
struct state {
	uint64_t a, b, c, d;
};

static inline struct state one_round(struct state v)
{
	v.a += v.b;
	v.c += v.d;
	v.b = rotate(v.b, 13) ^ v.a;
	v.d = rotate(v.d, 16) ^ v.c;
	v.a = rotate(v.a, 32);
	v.c += v.b;
	v.a += v.d;
	v.b = rotate(v.b, 17) ^ v.c;
	v.d = rotate(v.d, 21) ^ v.a;
	v.c = rotate(v.c, 32);
	return v;
}

/* LEN bytes, at most eight, as a little-endian number. */
static inline uint64_t little_endian(const unsigned char *bytes, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, bytes, len);
	return le64toh(word);
}

static inline struct state absorb(struct state v, uint64_t word)
{
	v.d ^= word;
	v = one_round(one_round(v));
	v.a ^= word;
	return v;
}

uint64_t siphash(const uint64_t key[2], const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	struct state v = {
		key[0] ^ 0x736f6d6570736575,
		key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261,
		key[1] ^ 0x7465646279746573,
	};
	uint64_t last = (uint64_t)len << 56;

	for (; len >= 8; len -= 8, p += 8)
		v = absorb(v, little_endian(p, 8));
	v = absorb(v, last | little_endian(p, len));
	v.c ^= 0xff;
	v = one_round(one_round(one_round(one_round(v))));
	return v.a ^ v.b ^ v.c ^ v.d;
}

uint64_t name_hash(const char *name)
{
	return siphash(secret, name, strlen(name));
}
