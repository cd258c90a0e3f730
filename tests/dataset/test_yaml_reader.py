from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.dataset.conftest import table

from govmap.dataset import yaml_reader
from govmap.dataset.problems import Position, Problem
from govmap.dataset.yaml_reader import MAX_DEPTH, AmbiguousScalar, Mapping, Sequence, read_yaml

NOT_TEXT = "this is not UTF-8 text; save the file as UTF-8"
TOO_DEEP = "nested deeper than 40 levels; flatten the file"


def read(content: str | bytes) -> tuple[object, list[str]]:
    """Return the value of a text and the problems, a line each."""
    problems: list[Problem] = []
    value = read_yaml(content.encode() if isinstance(content, str) else content, "a.yaml", problems)
    return value, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[("text", "text"), ("'yes'", "yes"), ('"2020-01-01"', "2020-01-01"), ('"12"', "12"), ("none", "none")],
        *[("12", 12), ("-3", -3), ("+3", 3), ("0", 0), ("true", True), ("FALSE", False)],
        *[("null", None), ("~", None), ("", None), ("2022-06", "2022-06"), ("9" * 19, "9" * 19), ("Norway", "Norway")],
    ],
)
def test_a_value_is_read_as_what_it_plainly_is(written: str, value: object) -> None:
    assert read(f"key: {written}\n") == ({"key": value}, [])


AMBIGUOUS = """
NO => false
n => false
off => false
on => true
Yes => true
2022-06-10 => a date
2022-6-1 => a date
2022-06-10T10:00:00Z => a date
004 => a number
0x1F => a number
1.5 => a number
.5 => a number
1:30 => a number
"""


@pytest.mark.parametrize(("written", "read_as"), table(AMBIGUOUS))
def test_values_that_yaml_would_silently_convert_are_ambiguous(written: str, read_as: str) -> None:
    assert read(f"key: {written}\n") == ({"key": AmbiguousScalar(written, read_as)}, [])


def test_mappings_and_sequences_have_positions_in_characters() -> None:
    value, problems = read("é: 1\nlist:\n  - x\n  -   {ñ: z, y: z}\n")
    assert problems == []
    assert isinstance(value, Mapping)
    assert (value.position, value.positions) == (Position(1, 1), {"é": Position(1, 1), "list": Position(2, 1)})
    items = value["list"]
    assert isinstance(items, Sequence)
    assert items.entries() == [("x", Position(3, 5)), ({"ñ": "z", "y": "z"}, Position(4, 7))]
    assert isinstance(items[1], Mapping)
    assert items[1].positions == {"ñ": Position(4, 8), "y": Position(4, 14)}


def test_keys_that_yaml_would_turn_into_something_else_stay_texts() -> None:
    assert read("NO: 1\n2: b\n2020-01-01: c\n") == ({"NO": 1, "2": "b", "2020-01-01": "c"}, [])


READ_PAST = r"""
a: 1\nb: 2\na: 3\n => 3:1: `a` is repeated here (first on line 1); keep one
1: a\n'1': b\n => 2:1: `1` is repeated here (first on line 1); keep one
a: 1\n~: 2\n => 2:1: this key is not a text; write it in quotes
a: 1\n[b]: 2\n => 2:1: this key is not a text; write it in quotes
a: 1\n? {b: c}\n: 2\n => 2:3: this key is not a text; write it in quotes
a: 1\n---\nb: 2\n => 2:1: a second document begins here; keep one document per file
"""


@pytest.mark.parametrize(("content", "problem"), table(READ_PAST))
def test_a_problem_that_can_be_skipped_is_reported_and_the_rest_kept(content: str, problem: str) -> None:
    value, problems = read(content.replace(r"\n", "\n"))
    assert problems == [f"a.yaml:{problem}"]
    assert isinstance(value, Mapping)
    assert value.get("a", 1) == 1, "the first of two equal keys is kept"


TAGS = """
!!str 12 => tag:yaml.org,2002:str
!!int '12' => tag:yaml.org,2002:int
!foo x => !foo
!foo [x] => !foo
!!map {x: y} => tag:yaml.org,2002:map
!!python/object:os.system x => tag:yaml.org,2002:python/object:os.system
"""


@pytest.mark.parametrize(("written", "tag"), table(TAGS))
def test_a_tag_is_refused_with_its_position(written: str, tag: str) -> None:
    assert read(f"a: 1\nkey: {written}\n")[1] == [f"a.yaml:2:6: tags such as {tag} are not supported; remove it"]
    assert read(f"key: [x, {written}]\n")[1] == [f"a.yaml:1:10: tags such as {tag} are not supported; remove it"]


def test_an_exclamation_mark_alone_is_no_tag() -> None:
    assert read("a: ! [x]\nb: ! {c: ! d, e: ! 12}\n") == ({"a": ["x"], "b": {"c": "d", "e": 12}}, [])


@pytest.mark.parametrize(
    "content",
    [
        "a: ! [x]\nb: ! {c: ! 12}\n",
        "a: !!str 12\nb: !foo [x]\n",
        "a: 12\nb: NO\nc: '12'\n2: x\n",
        "a: 1\nb: x\x07y\nc: \x07\n",
        "a: é\r\nb: &x 1\n",
        "a: *x\n",
        'a: "b\n',
        "a: 1\n---\nb: 2\n",
        f"{'[' * 60}{']' * 60}",
        "\ufeffé: 1\n",
        "",
    ],
)
def test_the_parser_of_pyyaml_in_python_gives_what_the_one_in_c_gives(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read(content)
    monkeypatch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
    assert read(content) == expected


UNREADABLE = r"""
a: &x text\n => 1:4: anchors such as &x are not supported; remove it
a: &x [b]\n => 1:4: anchors such as &x are not supported; remove it
a: &x {b: c}\n => 1:4: anchors such as &x are not supported; remove it
a: b\nc: *x\n => 2:4: aliases such as *x are not supported; write the value out
*x\n => 1:1: aliases such as *x are not supported; write the value out
a:\n\tb: c\n => 2:1: this is not YAML: found character that cannot start any token{CHECK}
a: "b\n => 2:1: this is not YAML: found unexpected end of stream{CHECK}
a: b: c\n => 1:5: this is not YAML: mapping values are not allowed in this context{CHECK}
a: [b\n => 2:1: this is not YAML: did not find expected ',' or ']'{CHECK}
a: x\x07y\nb: x\x07y\n => 1:1: the character U+0007 is not allowed; remove it
#\na: x\x07y\n => 2:1: the character U+0007 is not allowed; remove it
a: \xe9\xe9\xe9\xe9\xe9\xe9\nb: \xf1\nc: x\x07y\nd: 1\n => 3:1: the character U+0007 is not allowed; remove it
a: 1\nb: \x1b[31m\n => 2:1: the character U+001B is not allowed; remove it
a: \x7f\n => 1:1: the character U+007F is not allowed; remove it
a: 1\nb: x\x00y\n => 1:1: {NOT_TEXT}
"""


@pytest.mark.parametrize(
    ("content", "problem"), table(UNREADABLE, CHECK="; check quotes and indentation", NOT_TEXT=NOT_TEXT)
)
def test_broken_yaml_is_reported_with_its_position(content: str, problem: str) -> None:
    assert read(content.encode().decode("unicode_escape")) == (None, [f"a.yaml:{problem}"])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        *[(b"a: b\n\xff\xfe\n", 2), (b"\n\xff\n", 2), (b"a: Per\xfa\n", 1), (b"\x89PNG\r\n\x1a\n", 1)],
        *[("a: b\n".encode(encoding), 1) for encoding in ("utf-16", "utf-16-le")],
    ],
)
def test_bytes_that_are_not_utf_8_are_reported_with_their_line(content: bytes, line: int) -> None:
    assert read(content) == (None, [f"a.yaml:{line}:1: {NOT_TEXT}"])


def test_forty_levels_are_read_and_one_more_is_reported() -> None:
    value, problems = read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert (isinstance(value, Sequence), problems) == (True, [])
    assert read("[" * 60 + "]" * 60) == (None, [f"a.yaml:1:{MAX_DEPTH + 2}: {TOO_DEEP}"])
    assert read("{a: " * 60) == (None, [f"a.yaml:1:162: {TOO_DEEP}"])  # 40 openings of 4, a brace, a key


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_a_million_openings_are_refused_at_once(opening: str) -> None:
    """Where they are given up depends on how far the parser reads ahead."""
    value, (problem,) = read(opening * 1_000_000)
    assert value is None
    assert re.fullmatch(rf"a\.yaml:1:\d+: {TOO_DEEP}", problem)


@pytest.mark.parametrize("key", [r"a\nb", r"a\x1b[31m", r"a\u202eb"])
def test_a_key_with_control_characters_is_reported_without_them(key: str) -> None:
    _, problems = read(f'"{key}": 1\n"{key}": 2\n')
    assert len(problems) == 1
    assert problems[0].isprintable()


@pytest.mark.parametrize("content", ["", "\n\n", "# a comment\n", "---\n", "~\n", "\ufeff"])
def test_an_empty_file_has_no_value_and_no_problem(content: str) -> None:
    assert read(content) == (None, [])


@pytest.mark.parametrize("content", ["\ufeffa: é\n", "a: é\r\n", "a: é\r", "---\na: é\n...\n"])
def test_a_byte_order_mark_and_the_ends_of_lines_of_other_systems_are_read(content: str) -> None:
    assert read(content) == ({"a": "é"}, [])


@given(st.text("ab:-[]{}&*!|>'\"%@#?,\n\t \x00\u2028é", max_size=30) | st.binary(max_size=30))
def test_any_content_gives_a_value_or_a_problem_and_never_an_exception(content: str | bytes) -> None:
    problems: list[Problem] = []
    data = content.encode() if isinstance(content, str) else content
    value = read_yaml(data, "a.yaml", problems)
    for problem in problems:
        assert problem.position >= (1, 1)
        assert "\n" not in str(problem)
    if value is None and not problems:
        assert yaml.safe_load(data.decode("utf-8-sig")) is None


plain_values = st.recursive(
    st.text("aé ñ'\"\n#:-", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(plain_values)
def test_text_written_by_pyyaml_is_read_back_unchanged(value: object) -> None:
    problems: list[Problem] = []
    written = yaml.safe_dump({"key": value}, allow_unicode=True, default_style='"').encode()
    assert read_yaml(written, "a.yaml", problems) == {"key": value}
    assert problems == []
