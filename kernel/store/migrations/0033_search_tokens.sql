-- The tokens of a record are made from its content: they are made anew when a service changes what a search parameter extracts, or a code
-- system gets a new spelling. The content itself is never changed. docs/run/search-tokens.md

grant update (tokens) on record to helsevev_runtime;
