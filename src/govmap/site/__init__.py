"""The dataset as a static web site: a page for every country, mechanism, group, theme and source, in four languages.

`contents` says which pages there are, each the answer to a question. `writer` writes them, and their twins as JSON and
CSV. `links` finds what a text names, `search` what a reader may look for. The pages are made from the views and from
the templates here; the site works from a folder, without a server, and asks no other.
"""

from govmap.site.writer import write_site

__all__ = ["write_site"]
