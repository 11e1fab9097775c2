/* What a unit's name says about its values. */
#ifndef BI_UNIT_TRAITS_H
#define BI_UNIT_TRAITS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether more of it is better: B/s, MB/s, items/s, ops/s, IPC. */
bool bi_unit_more_is_better(const char *unit, size_t len);

/* Whether it measures time, or something by time: no two runs agree. */
bool bi_unit_is_time(const char *unit, size_t len);

/* Whether it counts what a program does, the same in every run: allocs/op. */
bool bi_unit_is_count(const char *unit, size_t len);

#endif
