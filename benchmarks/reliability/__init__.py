"""Tries to break govmap, and writes down what happened: `python -m benchmarks.reliability`; see docs/reliability.md."""
