"""What the pages of all questions share: blocks, tables, pictures, phrases, sources, cells of rows."""
