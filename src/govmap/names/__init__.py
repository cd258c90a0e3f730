"""From typed words to the records and themes that they name."""
