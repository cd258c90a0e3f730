"""The database of dated, sourced facts: its format, how it is built from records, and how it is read.

`schema.sql` is the format; `days` turns part-dates into days; `build` writes records as rows, and `database` reads rows
as records, as of a day.
"""
