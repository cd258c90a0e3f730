"""Writes answers: a result for programs (json), a page for people (table). One module a format."""
