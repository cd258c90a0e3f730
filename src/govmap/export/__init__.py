"""Writes the whole dataset for other tools: one module a family of formats."""
