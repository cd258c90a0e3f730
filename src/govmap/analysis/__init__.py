"""Measures that several questions share: seats, similarity, styles of citation."""
