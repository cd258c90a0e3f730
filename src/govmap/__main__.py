"""`python -m govmap`."""

import sys

from govmap.cli import main

if __name__ == "__main__":
    sys.exit(main())
