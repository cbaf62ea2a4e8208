/* Release of what remotes hand out: here, so that the sync room needs no remote to link.
 */
#include <cxlog/remote.h>

static void free_texts(char **texts, size_t count)
{
    for (size_t i = 0; texts && i < count; i++)
        free(texts[i]);
    free(texts);
}

void cxlog_book_free(cxlog_book *book)
{
    if (!book)
        return;
    for (size_t i = 0; i < book->count; i++) {
        free(book->tabs[i].title);
        free_texts(book->tabs[i].header, book->tabs[i].header_count);
    }
    free(book->tabs);
    free(book->title);
    free(book->zone);
    free(book->locale);
    free(book);
}

void cxlog_seen_page_clear(cxlog_seen_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        cxlog_entry_clear(&page->rows[i].entry);
    free(page->rows);
    *page = (cxlog_seen_page){0};
}

void cxlog_reading_free(cxlog_reading *reading)
{
    if (!reading)
        return;
    free_texts(reading->header, reading->header_count);
    for (size_t i = 0; i < reading->scheme_count; i++) {
        cxlog_event_clear(&reading->scheme[i].event);
        free(reading->scheme[i].raw);
    }
    free(reading->scheme);
    cxlog_seen_page_clear(&reading->page);
    free(reading);
}

static void free_list(char **texts)
{
    size_t count = 0;
    while (texts && texts[count])
        count++;
    free_texts(texts, count);
}

void cxlog_survey_free(cxlog_survey *survey)
{
    if (!survey)
        return;
    for (size_t i = 0; i < survey->count; i++)
        free(survey->tabs[i].title);
    for (size_t i = 0; i < survey->guard_count; i++)
        free_list(survey->guards[i].editors);
    free(survey->tabs);
    free(survey->filtered);
    free(survey->charts);
    free(survey->guards);
    free(survey->zone);
    free(survey->locale);
    free(survey);
}

void cxlog_grid_clear(cxlog_grid *grid)
{
    free_texts(grid->text, grid->rows * grid->columns);
    *grid = (cxlog_grid){0};
}
