"""What a record says in a sentence: a code and values, and the text beside them in the language of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govmap.dates import date_in_sentence, format_date
from govmap.language import _, ngettext
from govmap.texts import enumerated, in_series, quoted

MANY = 5  # names that are given one by one
MOST_LETTERS = 2000  # of a name: LONGEST_TEXT of govmap.fields, which no dataset exceeds


class Statement(str):
    """A sentence without a full stop, with the code that it is worded by, one of WORDINGS, and the values in it."""

    code: str
    values: dict[str, str | Sequence[str]]

    def __new__(cls, code: str, **values: str | Sequence[str]) -> Statement:
        """Word *values* in the language of the answer, as the *code* says."""
        statement = super().__new__(cls, WORDINGS[code](**values))
        statement.code, statement.values = code, values
        return statement


def _before_reference(reference: str, date: str) -> str:
    text = _(
        "The lists are those of {reference}. A membership or group whose start is not known is counted since"
        " the mechanism was founded, and may have come later than {date}"
    )
    return text.format(reference=format_date(reference), date=format_date(date))


def _after_look_up(date: str) -> str:
    return _("No source was consulted after {date}: later changes are not known").format(date=format_date(date))


def _left(date: str) -> str:
    return (_("Left on {date}") if len(date) == 10 else _("Left in {date}")).format(date=format_date(date))


def _joined(date: str) -> str:
    text = _("Joined later, on {date}") if len(date) == 10 else _("Joined later, in {date}")
    return text.format(date=format_date(date))


def _counted(names: Sequence[str]) -> str:
    """Return the names of countries, or their number where these are too many to name."""
    number = len(names)
    return ngettext("{n} country", "{n} countries", number).format(n=number) if number > MANY else enumerated(names)


def _named(mechanism: str) -> str:
    """Return the acronym of a mechanism as it is, and a name of words in quotes: without, it would need an article."""
    return quoted(mechanism, MOST_LETTERS) if " " in mechanism else mechanism


def _listing(event: str, mechanism: str, names: Sequence[str]) -> str:
    number, who = len(names), _counted(names)
    texts = {
        "joined": ngettext("{who} is listed by {mechanism}", "{who} are listed by {mechanism}", number),
        "left": ngettext(
            "{who} is no longer listed by {mechanism}", "{who} are no longer listed by {mechanism}", number
        ),
        "joined by": ngettext(
            "{who} is known to be listed by {mechanism}", "{who} are known to be listed by {mechanism}", number
        ),
    }
    return texts[event].format(who=who, mechanism=_named(mechanism))


def _role(mechanism: str, names: Sequence[str], before: str, after: str) -> str:
    text = _("{mechanism} lists {who} as {after}, before as {before}")
    return text.format(mechanism=_named(mechanism), who=_counted(names), after=_(after), before=_(before))


def _joined_between(after: str, by: str) -> str:
    text = _("It joined between {after} and {by}, and is counted from the latter on")
    return text.format(after=date_in_sentence(after), by=date_in_sentence(by))


def _renamed(former: str, name: str, note: str) -> str:
    text = _("{former} is renamed {name}").format(former=former, name=name)
    return _("{text}. {note}").format(text=text, note=note) if note else text


def _part(sentence: str, mechanism: str, names: Sequence[str]) -> str:
    return _(sentence).format(mechanism=mechanism, names=in_series(names))


def _linked(left: str, right: str, kind: str, note: str) -> str:
    text = _("{left} and {right}: {kind}").format(left=left, right=right, kind=_(kind))
    return _("{text}. {note}").format(text=text, note=note) if note else text


WORDINGS: dict[str, Callable[..., str]] = {
    "before the reference date": _before_reference,
    "after the last look-up": _after_look_up,
    # Lambdas, since the values have names here.
    "as the data say": lambda texts: ". ".join(texts),  # noqa: PLW0108
    "both": lambda statements: ". ".join(statements),  # noqa: PLW0108
    "left": _left,
    "joined later": _joined,
    "joined later, by": lambda date: _("First known to be in: {date}").format(date=format_date(date)),
    "joined later, after": lambda date: _("Joined later, after {date}").format(date=format_date(date)),
    "joined between": _joined_between,
    "members not given": lambda: _("The source names this body without its members"),
    "members not known": lambda: _("Its members are not known"),
    "groups not listed": lambda: _("None are listed"),
    "secretariat not stated": lambda: _("The data do not say"),
    "listing": _listing,
    "role": _role,
    "begins": lambda name: _("Beginning of {name}").format(name=_named(name)),
    "ends": lambda name: _("End of {name}").format(name=_named(name)),
    "renamed": _renamed,
    "part changes": _part,
    "linked": _linked,
}
