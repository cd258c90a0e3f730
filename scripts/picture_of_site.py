"""Take the pictures of the first page of the web site that the READMEs show; Chromium must be installed.

Letters look otherwise on another machine, so that no test compares them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import govmap

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PICTURES = {"site.png": "en", "site.es.png": "es"}


def main() -> None:
    """Take them."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        govmap.load().export("site", Path(folder) / "site")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 820}, color_scheme="light")
        for name, language in PICTURES.items():
            page.goto((Path(folder) / "site" / language / "index.html").as_uri())
            page.screenshot(path=IMAGES / name)
        browser.close()


if __name__ == "__main__":
    main()
