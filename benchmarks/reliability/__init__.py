"""Tries to break govmap: `python -m benchmarks.reliability`; see docs/explanation/reliability.md."""
