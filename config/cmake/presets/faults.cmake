# cmake -C config/cmake/presets/faults.cmake -S . -B build/faults: what users get plus the fault points (core/seam.h).
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CXLOG_FAULTS ON CACHE BOOL "")
set(CXLOG_WERROR ON CACHE BOOL "")
