#!/bin/sh
# fetch.sh SOURCE WORK OPTION...: pack SOURCE as a release is packed, and have
# project/ fetch it from there.
set -eu

source=$1
work=$2
shift 2
here=$(dirname "$0")
tar -C "$source" -czf "$work.tar.gz" CMakeLists.txt LICENSE README.md include src
exec "$here/cmake.sh" "$work" static "-DBENCHKIT_URL=file://$work.tar.gz" "$@"
