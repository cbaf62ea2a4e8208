#include <stdio.h>

#include <unistring/version.h>

#include <cxlog/text.h>

const char *cxlog_text_engine(char buffer[CXLOG_TEXT_ENGINE_MAX])
{
    int version = _libunistring_version; /* a byte a number: 0x010000 is 1.0 */
    (void)snprintf(buffer, CXLOG_TEXT_ENGINE_MAX, "%d.%d", version >> 16,
                   version >> 8 & 0xff);
    return buffer;
}
