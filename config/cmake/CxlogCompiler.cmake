# How every target is compiled: C11, warnings, hardening, optional sanitizers.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or RelWithDebInfo" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(CXLOG_WERROR "Treat warnings as errors (scripts/check and scripts/test turn it on)" OFF)
option(CXLOG_FAULTS "Compile the fault points in (tests only)" OFF)
option(CXLOG_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(CXLOG_COVERAGE "Count which lines and branches of store and sync are run (scripts/coverage)" OFF)

add_library(cxlog_warnings INTERFACE)
target_compile_definitions(cxlog_warnings INTERFACE _POSIX_C_SOURCE=200809L)
target_include_directories(cxlog_warnings INTERFACE
    ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_compile_options(cxlog_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wvla
    -Wcast-qual -Wcast-align -Wpointer-arith -Wwrite-strings -Wstrict-prototypes
    -Wmissing-prototypes -Wold-style-definition -Wformat=2 -Wswitch-enum
    -Wimplicit-fallthrough -Wnull-dereference -Wdouble-promotion
    -Werror=unused-result -Werror=implicit-function-declaration
    $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op
    -Wjump-misses-init>
    $<$<BOOL:${CXLOG_WERROR}>:-Werror>)

if(CXLOG_FAULTS)
    add_compile_definitions(CXLOG_FAULTS)
endif()
if(CXLOG_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=address,undefined)
else()
    add_compile_options(-fstack-protector-strong -fstack-clash-protection -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
        add_compile_options(-fcf-protection)
    endif()
    if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
        add_compile_definitions(_FORTIFY_SOURCE=3)
    endif()
    add_link_options(-Wl,-z,relro,-z,now)
endif()
if(CXLOG_COVERAGE)
    add_compile_options("$<$<IN_LIST:$<TARGET_PROPERTY:NAME>,cxlog_store;cxlog_sync_lib>:--coverage>")
    add_link_options(--coverage)
endif()
add_link_options(-Wl,--as-needed)
include(CheckPIESupported)
check_pie_supported()
