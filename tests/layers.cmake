# Who may include whom: cmake -D SRC=.../src -P layers.cmake
#
# The table is the rule; src/README.md draws it.  The first row whose FILES (a
# regular expression on the path below src/) matches decides.  OURS: folders of
# src/, single headers without ".h", or public headers (benchkit/error.h and
# benchkit/version.h are everybody's); a file may always include its own folder,
# unless ALONE.  OUTSIDE: "c" is ISO C's library, "system" is POSIX's, glibc's
# and Linux's, the others are named below.

cmake_minimum_required(VERSION 3.18)

set(table)
function(row files)
	cmake_parse_arguments(row ALONE "" "OURS;OUTSIDE" ${ARGN})
	list(LENGTH table index)
	set(table ${table} "${files}" PARENT_SCOPE)
	set(ours_${index} "${row_OURS}" PARENT_SCOPE)
	set(outside_${index} c ${row_OUTSIDE} PARENT_SCOPE)
	set(alone_${index} "${row_ALONE}" PARENT_SCOPE)
endfunction()

row("^base/parallel[.]c" OUTSIDE system)
row("^base/")
row("^clock/"           OURS base OUTSIDE system)
row("^memory/"          OURS base benchkit/counter benchkit/memstats
			     OUTSIDE system)
row("^perf/"            OURS base clock OUTSIDE system)
row("^wire/"            OURS base benchkit/bench OUTSIDE system)
row("^harness/"         OURS base clock memory perf wire fmt/writer stat/order
			     profile/hooks benchkit/bench OUTSIDE system)
row("^profile/hooks[.]h" OURS base benchkit/profile ALONE)
row("^profile/proto[.]c" OURS base benchkit/profile OUTSIDE protobuf_c)
row("^profile/gzip[.]c" OURS base OUTSIDE zlib)
row("^profile/symbol[.]c" OURS base OUTSIDE backtrace)
row("^profile/(family|interposer)[.]" OURS base memory benchkit/counter
			     OUTSIDE system)
row("^profile/serve[.]c" OURS base clock benchkit/profile
			     benchkit/profile_http benchkit/profile_serve
			     OUTSIDE system microhttpd)
row("^profile/"         OURS base clock benchkit/profile
			     benchkit/profile_http benchkit/profile_serve
			     OUTSIDE system)
row("^stacks/decode[.]c" OURS base OUTSIDE protobuf_c)
row("^stacks/gunzip[.]c" OURS base OUTSIDE zlib)
row("^stacks/select[.]"  OURS base proc/regex)
row("^stacks/"          OURS base)
row("^unit/"            OURS base)
row("^fmt/writer[.]"    OURS base benchkit/bench ALONE)
row("^fmt/source[.]c"   OURS base unit OUTSIDE system)
row("^fmt/import_csv[.]c" OURS base unit OUTSIDE csv)
row("^fmt/import_.*[.]c" OURS base unit OUTSIDE jansson)
row("^fmt/"             OURS base unit)
row("^proc/regex[.]c"   OURS base unit fmt/record fmt/name OUTSIDE pcre2)
row("^proc/"            OURS base unit fmt/record fmt/name)
row("^stat/dist[.]c"    OURS base OUTSIDE gsl)
row("^stat/"            OURS base)
row("^tab/render_csv[.]c" OURS base unit OUTSIDE csv)
row("^tab/gate"         OURS base unit stat/multiplicity)
row("^tab/(render_|rules|grid|model|format|html|page|plot)" OURS base unit)
row("^tab/"             OURS base unit fmt proc stat)
row("^pair/record_read[.]c" OURS base OUTSIDE jansson)
row("^pair/"            OURS base clock wire stat OUTSIDE system)
row("^cli/benchab/kernels[.]c" OURS base benchkit/bench OUTSIDE system)
row("^cli/"             OURS base clock memory wire unit fmt proc stat tab pair
			     stacks OUTSIDE system)

# Libraries: what their headers look like.
set(library_gsl "^gsl/")
set(library_csv "^csv[.]h$")
set(library_pcre2 "^pcre2")
set(library_jansson "^jansson")
set(library_protobuf_c "pb-c[.]h$|^protobuf-c/")
set(library_zlib "^zlib[.]h$")
set(library_backtrace "^backtrace[.]h$")
set(library_microhttpd "^microhttpd[.]h$")
set(library_c "^(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits\
|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint\
|stdio|stdlib|stdnoreturn|string|tgmath|threads|time|uchar|wchar|wctype)[.]h$")

# Our public headers that everything may include.
set(public "^benchkit/(error|version)[.]h$")

# find_row(OUT FILE): the table's row for FILE.
function(find_row out file)
	set(index 0)
	foreach(files IN LISTS table)
		if(file MATCHES "${files}")
			set(${out} ${index} PARENT_SCOPE)
			return()
		endif()
		math(EXPR index "${index} + 1")
	endforeach()
	set(${out} -1 PARENT_SCOPE)
endfunction()

# may_include_ours(OUT ROW FILE HEADER): one of ours, such as "base/buf.h".
function(may_include_ours out row file header)
	string(REGEX REPLACE "/.*" "" own "${file}")
	string(REGEX REPLACE "[.]h$" "" header "${header}")
	string(REGEX REPLACE "[.][ch]$" "" name "${file}")
	string(REGEX REPLACE "/.*" "" folder "${header}")
	set(allowed ${ours_${row}} ${name})
	if(NOT alone_${row})
		list(APPEND allowed ${own})
	endif()
	if(folder IN_LIST allowed OR header IN_LIST allowed)
		set(${out} TRUE PARENT_SCOPE)
	else()
		set(${out} FALSE PARENT_SCOPE)
	endif()
endfunction()

# may_include_outside(OUT ROW HEADER): one in angle brackets.
function(may_include_outside out row header)
	set(name system)
	foreach(library gsl csv pcre2 jansson protobuf_c zlib backtrace
		microhttpd c)
		if(header MATCHES "${library_${library}}")
			set(name ${library})
		endif()
	endforeach()
	if(name IN_LIST outside_${row})
		set(${out} TRUE PARENT_SCOPE)
	else()
		set(${out} FALSE PARENT_SCOPE)
	endif()
endfunction()

file(GLOB_RECURSE sources RELATIVE ${SRC} ${SRC}/*.c ${SRC}/*.h)
if(NOT sources)
	message(FATAL_ERROR "no sources in '${SRC}'")
endif()
set(includes 0)
foreach(file IN LISTS sources)
	find_row(row ${file})
	if(row EQUAL -1)
		message(SEND_ERROR "${file}: no row of the table is for it")
		continue()
	endif()
	file(STRINGS ${SRC}/${file} lines REGEX "^[ \t]*#[ \t]*include")
	foreach(line IN LISTS lines)
		math(EXPR includes "${includes} + 1")
		string(REGEX MATCH "([<\"])([^>\"]+)" _ "${line}")
		set(bracket "${CMAKE_MATCH_1}")
		set(header "${CMAKE_MATCH_2}")
		if(header MATCHES "${public}")
			continue()
		elseif(bracket STREQUAL "\"" OR header MATCHES "^benchkit/")
			may_include_ours(allowed ${row} ${file} ${header})
		else()
			may_include_outside(allowed ${row} ${header})
		endif()
		if(NOT allowed)
			message(SEND_ERROR "${file}: may not include ${header}")
		endif()
	endforeach()
endforeach()
message(STATUS "${includes} includes looked at")
