# cmake -C config/cmake/presets/asan.cmake -S . -B build/asan: ASan + UBSan, every finding is fatal.
# (CMakePresets.json would have to stand at the top level, which this project keeps short.)
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CXLOG_SANITIZE ON CACHE BOOL "")
set(CXLOG_WERROR ON CACHE BOOL "")
