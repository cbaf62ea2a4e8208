# cmake -C config/cmake/presets/test.cmake -S . -B build/test: what users get, warnings fatal.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CXLOG_WERROR ON CACHE BOOL "")
