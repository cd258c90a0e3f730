"""`python -m govmap`."""

import sys

if __name__ == "__main__":
    try:
        from govmap.cli import main

        code = main()
    except KeyboardInterrupt:  # while the package was still being loaded
        code = 130
    sys.exit(code)
