/* One table out of its samples. */
#ifndef BI_TAB_ASSEMBLE_H
#define BI_TAB_ASSEMBLE_H

#include "fmt/metadata.h"
#include "tab/build.h"
#include "tab/keys.h"
#include "tab/model.h"
#include "tab/samples.h"

struct bi_assembly {
	const struct bi_layout *layout;
	struct bi_metadata *metadata;
	const bi_key *key;      /* of the table */
	const bi_key *previous; /* of the table printed before; NULL: none */
	const struct bi_key_list *rows; /* of all tables, sorted */
	const struct bi_key_list *columns; /* LOCAL is used and put back */
	const struct bi_key_list *residues;
	struct bi_samples *samples; /* is reordered */
	int interval_need;	    /* as in struct bi_table */
	int power_need;
};

/* Fill TABLE, which the caller releases in any case.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_assemble(const struct bi_assembly *assembly, struct bi_table *table);

#endif
