# The libraries that cxlog stands on, as imported targets. Which room may use which: scripts/check.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(Intl REQUIRED)
find_package(Gettext REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.14)
pkg_check_modules(INIH REQUIRED IMPORTED_TARGET inih>=55)
pkg_check_modules(SMARTCOLS REQUIRED IMPORTED_TARGET smartcols>=2.38)
pkg_check_modules(LIBMD REQUIRED IMPORTED_TARGET libmd)

# libunistring and libcsv ship no .pc file.
function(cxlog_find_library target library header)
    find_library(${target}_LIBRARY ${library} REQUIRED)
    find_path(${target}_INCLUDE ${header} REQUIRED)
    add_library(${target} INTERFACE IMPORTED)
    target_link_libraries(${target} INTERFACE ${${target}_LIBRARY})
    target_include_directories(${target} SYSTEM INTERFACE ${${target}_INCLUDE})
endfunction()
cxlog_find_library(unistring unistring unistr.h)
cxlog_find_library(csv csv csv.h)
