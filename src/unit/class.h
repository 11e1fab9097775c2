/* Which family of prefixes a unit takes. */
#ifndef BI_UNIT_CLASS_H
#define BI_UNIT_CLASS_H

#include <stddef.h>

enum bi_unit_class {
	BI_UNIT_DECIMAL, /* SI: k, M, G */
	BI_UNIT_BINARY   /* IEC: Ki, Mi, Gi; bytes in the numerator */
};

enum bi_unit_class bi_unit_class(const char *unit, size_t len);

#endif
