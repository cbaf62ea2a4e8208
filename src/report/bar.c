#include <string.h>

#include <cxlog/report.h>

/* U+2588 full block, then U+2589 seven eighths … U+258F one eighth: E2 96 88 … E2 96 8F.
 */
static char *put_block(char *at, unsigned eighths)
{
    *at++ = '\xe2';
    *at++ = '\x96';
    *at++ = (char)(0x90U - eighths);
    return at;
}

const char *cxlog_bar(char *buffer, int64_t value, int64_t max, size_t cells)
{
    char *at = buffer;
    uint64_t eighths = 0;
    if (value > 0 && max > 0) {
        uint64_t part = value > max ? (uint64_t)max : (uint64_t)value;
        /* 128 bits are not needed: counts stay far below 2^63 / (8 * cells) */
        eighths = part * 8U * cells / (uint64_t)max;
        eighths = eighths ? eighths : 1; /* something is never drawn as nothing */
    }
    for (; eighths >= 8; eighths -= 8)
        at = put_block(at, 8);
    if (eighths)
        at = put_block(at, (unsigned)eighths);
    *at = '\0';
    return buffer;
}
