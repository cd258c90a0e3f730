"""Pages for people: each module turns one result record into a `Page`."""
