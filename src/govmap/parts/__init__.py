"""The parts of a mechanism, walked one by one: facts, dates, inventories, provenance."""
