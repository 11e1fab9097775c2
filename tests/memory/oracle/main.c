#include "oracle.h"

#include <unistd.h>

void *hide(void *p)
{
	void *volatile hidden = p;

	return hidden;
}

int main(void)
{
	begin();
	work();
	report();
	_exit(0); /* past whatever else might allocate or free */
}
