"""Changes govmap's code in one place at a time, and sees whether a test fails: `python -m benchmarks.mutation`."""
