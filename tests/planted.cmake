# The checks of this folder find what they are for:
#	cmake -D WORK=... -D CC=cc -D AR=ar -D NM=nm -D READELF=readelf
#		-P planted.cmake
#
# Each case plants one violation in a small tree, and says what must be said.

cmake_minimum_required(VERSION 3.18)

# plant(FILE LINE...): FILE, below WORK, with these lines.
function(plant file)
	list(JOIN ARGN "\n" text)
	file(WRITE ${WORK}/${file} "${text}\n")
endfunction()

# refused(MESSAGE CHECK OPTION...): CHECK fails, and says MESSAGE.
function(refused message check)
	execute_process(
		COMMAND ${CMAKE_COMMAND} ${ARGN}
			-P ${CMAKE_CURRENT_LIST_DIR}/${check}.cmake
		RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
	string(REGEX REPLACE "[ \n]+" " " text "${text}")
	string(FIND "${text}" "${message}" at)
	if(status EQUAL 0)
		message(SEND_ERROR "${check} passes; wanted: ${message}")
	elseif(at EQUAL -1)
		message(SEND_ERROR "${check} says: ${text}\nwanted: ${message}")
	endif()
	file(REMOVE_RECURSE ${WORK})
endfunction()

function(refused_include file include)
	string(REGEX REPLACE "[<>\"]" "" header "${include}")
	plant(src/${file} "#include <stdint.h>" "#include ${include}")
	refused("${file}: may not include ${header}" layers -D SRC=${WORK}/src)
endfunction()

file(REMOVE_RECURSE ${WORK})

refused_include(base/x.c "\"fmt/record.h\"")
refused_include(base/x.c "<unistd.h>")
refused_include(base/x.c "<benchkit/bench.h>")
refused_include(clock/x.h "\"memory/counter.h\"")
refused_include(harness/x.c "\"fmt/reader.h\"")
refused_include(harness/x.c "\"stat/utest.h\"")
refused_include(harness/x.c "<gsl/gsl_cdf.h>")
refused_include(fmt/writer.c "\"fmt/reader.h\"")
refused_include(fmt/reader.c "<unistd.h>")
refused_include(fmt/reader.c "<jansson.h>")
refused_include(fmt/reader.c "\"proc/key.h\"")
refused_include(profile/cpu.c "<zlib.h>")
refused_include(profile/gzip.c "<backtrace.h>")
refused_include(profile/kind.c "\"harness/flags.h\"")
refused_include(harness/x.c "\"profile/kind.h\"")
refused_include(proc/key.c "\"fmt/reader.h\"")
refused_include(stat/sample.c "<gsl/gsl_sort.h>")
refused_include(stat/sample.c "\"unit/scale.h\"")
refused_include(tab/render_text.c "\"stat/sample.h\"")
refused_include(tab/build.c "<csv.h>")
refused_include(cli/benchstat/main.c "\"harness/main.h\"")
refused_include(cli/benchstat/main.c "\"main.h\"")
refused_include(cli/benchstat/main.c "<gsl/gsl_errno.h>")
plant(src/attic/x.c "#include <stdint.h>")
refused("attic/x.c: no row of the table is for it" layers -D SRC=${WORK}/src)
refused("no sources" layers -D SRC=${WORK}/src)

string(REPEAT "\tx++,\n" 80 body)
plant(src/base/x.c "int f(int x)" "{" "${body}\tx++" "}")
refused("src/base/x.c:2: a function of 81 lines" limits -D ROOT=${WORK})
string(REPEAT "x,\n" 600 body)
plant(src/base/x.c "${body}x")
refused("src/base/x.c: 601 lines" limits -D ROOT=${WORK})

# run(COMMAND ARGUMENT...): in WORK; it must work.
function(run)
	execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK}
		RESULT_VARIABLE status)
	if(status)
		message(FATAL_ERROR "${ARGN}: ${status}")
	endif()
endfunction()

# compiled(NAME TEXT): TEXT as WORK/libNAME.a and WORK/libNAME.so.
function(compiled name text)
	plant(${name}.c "${text}")
	run(${CC} -c -fPIC -o ${name}.o ${name}.c)
	run(${AR} rc lib${name}.a ${name}.o)
	run(${CC} -shared -o lib${name}.so -Wl,-soname,libbenchkit.so.0
		${name}.o)
endfunction()

# refused_symbol(MESSAGE PLACE TEXT): TEXT stands in one of the libraries.
function(refused_symbol message place text)
	foreach(library STATIC SHARED COUNT)
		compiled(${library} "int bench_x(void) { return 1\; }")
	endforeach()
	compiled(${place} "${text}")
	refused("${message}" symbols -D NM=${NM} -D READELF=${READELF}
		-D HEADERS=${WORK} -D STATIC=${WORK}/libSTATIC.a
		-D SHARED=${WORK}/libSHARED.so -D COUNT=${WORK}/libCOUNT.a)
endfunction()

refused_symbol("defines helper" STATIC "int helper\;")
refused_symbol("defines bi_x" SHARED "int bi_x, bench_x\;")
refused_symbol("defines realpath" COUNT "void realpath(void) {}")
compiled(benchkit-profile "int bench_profile_x\; int bi_x\;")
foreach(library STATIC SHARED COUNT)
	compiled(${library} "int bench_x(void) { return 1\; }")
endforeach()
refused("libbenchkit-profile.a defines bi_x" symbols
	-D NM=${NM} -D READELF=${READELF} -D HEADERS=${WORK}
	-D STATIC=${WORK}/libSTATIC.a -D SHARED=${WORK}/libSHARED.so
	-D COUNT=${WORK}/libCOUNT.a
	-D PROFILE_STATIC=${WORK}/libbenchkit-profile.a
	-D PROFILE_SHARED=${WORK}/libbenchkit-profile.so)
plant(x.h "BENCH_API int bench_gone(bench_b *b)\;")
refused_symbol("nobody defines bench_gone" STATIC "int bench_x\;")
