"""The version of the package, read by the build and by `govmap --version`."""

__version__ = "1.0.0"
