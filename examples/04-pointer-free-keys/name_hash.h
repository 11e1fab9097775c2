/* The hash of a name, 64 bits: SipHash-2-4 (Aumasson and Bernstein 2012) with a
 * secret that each process draws anew.  Without the secret nobody can choose
 * names of which more have the same hash than chance allows. */
#ifndef NAME_HASH_H
#define NAME_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The hash of NAME. */
uint64_t name_hash(const char *name);

/* SipHash-2-4 of LEN BYTES; KEY holds the first and the last 8 bytes of the
 * secret as little-endian numbers. */
uint64_t siphash(const uint64_t key[2], const void *bytes, size_t len);

#endif
