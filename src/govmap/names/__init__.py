"""Finds the records and themes that a text names.

`folding` reduces a text to plain words. `resolver` finds the record that a name stands for, `interpreter` the themes
that a question is about, by the labels in a `lexicon`; `similarity` measures how far two words are apart.
"""
