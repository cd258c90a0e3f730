"""`govmap brief`: a page that can be pasted into a note as it stands."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Call
from tests.shown import Shown

import govmap

NAMES = ["Peru", "Cuba", "Aruba", "RCM", "CMC", "LAD"]
MARK = re.compile(r"\[(\d+)\]")


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_leads_to_a_source_and_nothing_is_told_twice(call: Call, name: str) -> None:
    page = call("brief", name, "--full").out
    text, sources = re.split(r"\nSources(?: \(looked up [0-9-]+\))?\n", page)
    numbers = [int(n) for n in re.findall(r"^\[(\d+)\] ", sources, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    marks = [int(n) for n in MARK.findall(text)]
    assert set(marks) <= set(numbers)
    assert sorted(set(marks)) == list(range(1, len(set(marks)) + 1)), "numbered as the page cites them"
    unmarked = re.split(r"^\[\d+\] ", sources, flags=re.MULTILINE)[1 + len(set(marks)) :]
    assert all(", for " in " ".join(entry.split()) for entry in unmarked), "a source without a mark says what it is for"
    for once in ("status of any", "as of April 2023\n", "\nCite as\n", "nothing else was found"):
        assert page.count(once) <= 1, once
    assert page.count("\nSources") == 1
    assert "govmap " not in text.replace("The govmap maintainers", ""), "no calls of commands in a note"


def test_a_brief_on_a_country_says_where_it_sits_and_where_not(call: Call) -> None:
    page = call("brief", "Belize").out
    assert "Belize is in 4 of 8 mechanisms: member of CAM, MIRPS and RCM; endorsed LAD." in " ".join(page.split())
    assert "It is not in QUITO, R4V, RIAM or SACM." in page
    headings = (
        "Where it is",
        "Where it is not",
        "Groups and themes (not every country attends every group)",
        "Next to the countries",
    )
    places = [page.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    (row,) = [line for line in page.splitlines() if line.startswith("Belize  ")]
    assert re.sub(" +", " ", row) == "Belize ● ● ● ● · · · ·"


def test_a_country_that_no_mechanism_lists_has_a_brief(call: Call) -> None:
    page = call("brief", "Cuba", "--full").out
    assert "None of the 8 mechanisms lists Cuba.\n" in page
    assert "\nWhere it is\n" not in page
    assert "Evidence status" not in page, "no explanation of what is not shown"
    assert "crmsv.org/en/about-us" in page, "that it is in no list rests on the lists"
    assert call("brief", "Cuba", "-f", "svg").code == 2


def test_a_territory_and_a_country_that_left(call: Call) -> None:
    assert call("brief", "Aruba").out.startswith("Brief: Aruba (AW, ABW), territory of Netherlands  ")
    left = call("brief", "Nicaragua", "--as-of", "2024", "-f", "md", "--sources").out
    assert "| Left on 19 November 2023 \\[1\\]" in left
    assert f"(Version {govmap.load().context.about.version}, as of 2024)" in left


@pytest.mark.parametrize("name", ["Peru", "RCM"])
def test_the_html_needs_no_other_file_and_runs_nothing(call: Call, name: str) -> None:
    html = call("brief", name, "-f", "html").out
    shown = Shown(html)
    assert not shown.names() & {"script", "link", "img", "iframe", "object", "embed", "use", "image"}
    assert "@import" not in html
    assert "url(" not in html
    for tag, attributes in shown.elements:
        assert not [key for key in attributes if key.startswith("on") or key in ("src", "srcset", "xlink:href")], tag
        assert (attributes.get("href") or "https:").startswith(("http:", "https:"))
    assert [tag for tag, _ in shown.elements].count("svg") == 1
    print_rules = html[html.index("@media print") :]
    assert "color-scheme: light" in print_rules
    dark = html.index("@media (prefers-color-scheme: dark)")
    assert dark < html.index("--paper: #fff; --rule: #999"), "the rules for paper come after those for the dark"


def test_what_the_source_leaves_open_is_not_told_as_sure(call: Call) -> None:
    page = " ".join(call("brief", "Venezuela").out.split())
    assert "It is not in CAM (see the note), LAD, MIRPS, QUITO, R4V or RCM." in page
    assert "comma where" in page
    assert "Unclear: Venezuela The list of the source ends in a comma" in " ".join(call("brief", "CAM").out.split())


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
def test_its_record_has_its_sources_with_and_without_asking(call: Call, form: str) -> None:
    assert call("brief", "RCM", "-f", form, "--sources").out == call("brief", "RCM", "-f", form).out


@pytest.mark.parametrize("form", ["table", "html", "md"])
def test_its_page_has_them_where_they_are_asked_for(call: Call, form: str) -> None:
    for options, has_them in (((), False), (("--sources",), True), (("--full",), True)):
        page = call("brief", "RCM", "-f", form, *options).out
        assert ("crmsv.org/en/about-us" in page) == has_them, options
