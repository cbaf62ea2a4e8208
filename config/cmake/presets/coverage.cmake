# cmake -C config/cmake/presets/coverage.cmake -S . -B build/coverage: store and sync count what is run (scripts/coverage).
# Nothing is optimised, so that a branch of the source is a branch of the program; assert() is off, as for users.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS_DEBUG "-O0 -g -DNDEBUG" CACHE STRING "")
set(CXLOG_COVERAGE ON CACHE BOOL "")
set(CXLOG_WERROR ON CACHE BOOL "")
