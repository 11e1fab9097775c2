# What our libraries define for others, and what they need:
#	cmake -D NM=nm -D READELF=readelf -D HEADERS=include/benchkit
#		-D STATIC=libbenchkit.a -D SHARED=libbenchkit.so
#		-D COUNT=libbenchkit-count.a
#		[-D PROFILE_STATIC=libbenchkit-profile.a
#		 -D PROFILE_SHARED=libbenchkit-profile.so] -P symbols.cmake
#
# Users link these into programs that have names of their own.

cmake_minimum_required(VERSION 3.18)

set(malloc_family malloc calloc realloc reallocarray free memalign
	aligned_alloc posix_memalign valloc pvalloc)
set(pthread_wrappers pthread_create pthread_join pthread_barrier_wait
	"pthread_mutex_(lock|timedlock|clocklock|unlock)"
	"pthread_rwlock_((timed|clock)?(rd|wr)lock|unlock)"
	"pthread_cond_(wait|timedwait|clockwait)"
	"sem_(wait|timedwait|clockwait)"
	"mtx_(lock|timedlock|unlock)" "cnd_(wait|timedwait)")
set(needed_libraries libc libm libpthread libdl ld-linux-x86-64
	ld-linux-aarch64)

# symbols(OUT LIBRARY OPTION...): what nm lists as defined for others.
function(symbols out library)
	execute_process(COMMAND ${NM} -P -g --defined-only ${ARGN} ${library}
		OUTPUT_VARIABLE text RESULT_VARIABLE status)
	if(status)
		message(FATAL_ERROR "${NM} cannot read ${library}")
	endif()
	# "name type value size"; an archive's members are headed by a line that
	# differs from one nm to the other.
	string(REGEX MATCHALL "[^\n ]+ [A-Za-z] " names "${text}")
	list(TRANSFORM names REPLACE "[@ ].*" "")
	if(NOT names)
		message(FATAL_ERROR "${library} defines nothing")
	endif()
	set(${out} ${names} PARENT_SCOPE)
endfunction()

# check(LIBRARY NAMES PATTERN): each of NAMES matches.
function(check library names pattern)
	foreach(name IN LISTS ${names})
		if(NOT name MATCHES "${pattern}")
			message(SEND_ERROR "${library} defines ${name}")
		endif()
	endforeach()
	list(LENGTH ${names} count)
	message(STATUS "${library}: ${count} symbols")
endfunction()

symbols(static ${STATIC})
check(${STATIC} static "^(bi|bench)_")

symbols(shared ${SHARED} -D)
check(${SHARED} shared "^bench_")

string(REPLACE ";" "|" family "${malloc_family}")
string(REPLACE ";" "|" pthread "${pthread_wrappers}")
file(GLOB headers ${HEADERS}/*.h)
symbols(count ${COUNT})
check(${COUNT} count "^((bi|bench)_.*|${family})$")

# Both the same: what the archive's object shares with libbenchkit is its own.
set(profile)
if(PROFILE_STATIC)
	symbols(profile ${PROFILE_STATIC})
	check(${PROFILE_STATIC} profile "^(bench_profile_.*|${pthread})$")
	symbols(profile_shared ${PROFILE_SHARED} -D)
	check(${PROFILE_SHARED} profile_shared "^(bench_profile_.*|${pthread}|${family})$")
else()
	list(FILTER headers EXCLUDE REGEX "/profile[^/]*[.]h$")
endif()

if(NOT "bench_profile_serve" IN_LIST profile)
	list(FILTER headers EXCLUDE REGEX "/profile_serve[.]h$")
endif()

# What the headers declare is there.
foreach(header IN LISTS headers)
	file(READ ${header} text)
	string(REGEX MATCHALL "BENCH_API[^;(_]*[^;(]*[(;]" declarations "${text}")
	foreach(declaration IN LISTS declarations)
		string(REGEX REPLACE ".*[^a-z_]([a-z_]+)[(;]?$" "\\1" name
			"${declaration}")
		if(name MATCHES "^bench_" AND NOT name IN_LIST shared AND
		   NOT name IN_LIST count AND NOT name IN_LIST profile)
			message(SEND_ERROR "${header}: nobody defines ${name}")
		endif()
	endforeach()
endforeach()

# check_dynamic(LIBRARY NAME NEEDED...): it needs no others, and its soname is
# NAME's.
function(check_dynamic library name)
	execute_process(COMMAND ${READELF} -d ${library}
		OUTPUT_VARIABLE dynamic)
	string(REGEX MATCHALL "NEEDED[^\n]*" lines "${dynamic}")
	foreach(line IN LISTS lines)
		string(REGEX REPLACE ".*\\[(.*)[.]so.*\\]" "\\1" needed
			"${line}")
		if(NOT needed IN_LIST ARGN)
			message(SEND_ERROR "${library} needs ${needed}")
		endif()
	endforeach()
	if(NOT dynamic MATCHES "SONAME[^\n]*\\[${name}[.]so[.][0-9]+\\]")
		message(SEND_ERROR "${library} has no versioned soname")
	endif()
endfunction()

check_dynamic(${SHARED} libbenchkit ${needed_libraries})
if(PROFILE_SHARED)
	check_dynamic(${PROFILE_SHARED} libbenchkit-profile ${needed_libraries}
		libz libprotobuf-c libmicrohttpd)
endif()
