"""From the cells of a table to typed candidates, one question a module.

`headers` and `columns` say what a column is; `rows` which rows are candidates; `scan`, `cells`, `numerals`, `years`,
`categories`, `amounts` and `values` read its cells; `figures` and `locations` derive what is missing; `money` converts
by typed rates; `duplicates` points out twins; `notices` collects every problem. `data.candidates` puts them together.
"""
