#include <cxlog/match.h>

#include <assert.h>
#include <string.h>

#define LIMIT_MAX 3
#define BAND (2 * LIMIT_MAX + 1)
#define FAR (LIMIT_MAX + 1)

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/*
 * One row of the table, only the cells within LIMIT_MAX of the diagonal: row[k] is the
 * distance of a[0..i) and b[0..i + k - LIMIT_MAX). Returns the row's smallest.
 */
static unsigned fill_row(unsigned row[BAND], const unsigned above[BAND],
                         const unsigned above2[BAND], const char *a, size_t i,
                         const char *b, size_t b_length)
{
    unsigned least = FAR;
    for (size_t k = 0; k < BAND; k++) {
        row[k] = FAR;
        if (i + k < LIMIT_MAX || i + k - LIMIT_MAX > b_length)
            continue;
        size_t j = i + k - LIMIT_MAX;
        if (i == 0 || j == 0) {
            row[k] = (unsigned)smaller((unsigned)(i + j), FAR);
        } else {
            unsigned best = above[k] + (a[i - 1] != b[j - 1]);
            if (k + 1 < BAND)
                best = smaller(best, above[k + 1] + 1);
            if (k > 0)
                best = smaller(best, row[k - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, above2[k] + 1);
            row[k] = smaller(best, FAR);
        }
        least = smaller(least, row[k]);
    }
    return least;
}

unsigned cxlog_key_distance(const char *a, const char *b, unsigned limit)
{
    assert(limit <= LIMIT_MAX);
    size_t a_length = strlen(a), b_length = strlen(b);
    size_t apart = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (apart > limit)
        return limit + 1;

    unsigned rows[3][BAND] = {{0}};
    for (size_t i = 0; i <= a_length; i++) {
        unsigned least = fill_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], a, i,
                                  b, b_length);
        if (least > limit) /* a swap from the row above would not be less either */
            return limit + 1;
    }
    return smaller(rows[a_length % 3][b_length + LIMIT_MAX - a_length], limit + 1);
}
