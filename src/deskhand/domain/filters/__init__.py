"""The filter language: `state:open priority>=high -tag:spam (waiting>4h or is:unread)`.

    syntax      what a filter says, as frozen values
    fields      the table of fields: names, values that each takes, an example of each
    tokens      a text in tokens, and what can be wrong with it
    parsing     a text to a filter, or to an error with its place
    unparsing   a filter to its canonical text, which reads back to the same filter
    of_query    what a list shows as a filter
    slices      the pieces of a text as they were typed, and its words
    builder     a text as rows to choose from, and back
    pills       what the buttons above the list say of a text
    times       durations, days and periods, and the stretch of time that each means now
    text_match  when a text holds a term, as the full-text index sees it
    asked       what of a filter a vendor can be told
    hit_marks   which parts of a text are what was looked for
    completion  what may stand at the cursor
    meaning     a plain reading of a filter over the facts of one ticket: the reference that the store's SQL is tested against

Grammar, in `parsing`: a filter is parts that all hold, or several such joined by "or"; a part is a term, a filter in brackets, or either of
them behind "-" or "not"; a term is a field, a comparison and a value, or a text alone.
"""
