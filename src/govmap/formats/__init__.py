"""Renders answers: one module for each format."""
