"""What the pages of all questions share: blocks, pictures, wordings, sources."""
