#!/bin/sh
# install.sh BUILD PREFIX: install what stands in BUILD, then move it to PREFIX:
# nothing of it may know where it was installed.
set -eu

rm -rf "$2" "$2.first"
cmake --install "$1" --prefix "$2.first" >/dev/null
mv "$2.first" "$2"
if grep -rIl "$2.first" "$2"; then
	echo "these know where they were installed"
	exit 1
fi
