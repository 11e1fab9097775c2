#!/bin/sh
# thrice.sh COMMAND...: passes if one of three runs does.  At 100 Hz a share of
# 1.5 seconds has some ten ticks to be wrong by, and a machine that takes the CPU
# away costs as many: what is lost so comes and goes, a bias of ours stays.
for try in 1 2 3; do
	"$@" && exit 0
done
echo "three times of three"
exit 1
