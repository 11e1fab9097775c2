# What reads profiles: where libbenchkit-profile is built, and with what its
# format is written with.

file(GLOB sources CONFIGURE_DEPENDS stacks/*.c)
add_library(bi_stacks OBJECT ${sources})
benchkit_compile(bi_stacks)
target_include_directories(bi_stacks PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
target_link_libraries(bi_stacks PRIVATE PkgConfig::ZLIB PkgConfig::PROTOBUF_C)
# The message is compiled with the library's objects.
add_dependencies(bi_stacks bi_profile)

add_library(benchkit_stacks_internal STATIC $<TARGET_OBJECTS:bi_stacks>)
target_link_libraries(benchkit_stacks_internal PUBLIC
	benchkit_profile_internal)

file(GLOB sources CONFIGURE_DEPENDS cli/benchprof/*.c)
add_executable(benchprof ${sources})
benchkit_compile(benchprof)
target_compile_definitions(benchprof PRIVATE BENCH_NO_COUNTER)
target_link_options(benchprof PRIVATE LINKER:--as-needed)
target_link_libraries(benchprof PRIVATE benchkit_stacks_internal)
