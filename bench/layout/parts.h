/* Four small functions, to be put into a program in any order. */
#ifndef BENCH_LAYOUT_PARTS_H
#define BENCH_LAYOUT_PARTS_H

#include <stddef.h>
#include <stdint.h>

uint32_t digest(const unsigned char *text, size_t len);
void order(int *value, size_t count);
size_t words(const unsigned char *text, size_t len);
size_t find(const int *value, size_t count, int wanted);

#endif
