"""Writes answers: a result for programs, a page for people, rows for spreadsheets. One module a format."""
