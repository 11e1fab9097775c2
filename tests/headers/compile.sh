#!/bin/sh
# compile.sh COMPILER... -- FILE...: compile each FILE alone; every failure is
# shown, and any makes this fail.
set -u

command=
while [ "$1" != -- ]; do
	command="$command $1"
	shift
done
shift

failed=0
for file; do
	# A header is included, twice, as users do: some warnings differ in a
	# main file, and the guard must hold.  A file must declare something.
	case $file in
	*.h)
		echo "#include <benchkit/${file##*/}>"
		echo "#include <benchkit/${file##*/}>"
		echo "typedef int something;"
		;;
	*)
		echo "#include \"$file\""
		;;
	esac | $command -fsyntax-only - || {
		echo "FAILED:$command $file"
		failed=1
	}
done
exit $failed
