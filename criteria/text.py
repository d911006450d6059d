"""Messages and their three languages.

The engine, the importer and the store never build sentences: they return a `Message`, an English template with named
parameters, and pages, exports and the command line `render` it in the reader's language. The English template is the
gettext message id, so English needs no catalogue; `criteria/locale` holds zh_Hans and zh_Hant.

>>> render(msg("{name} is out: {value:.1f}, needs {limit:.1f}.", name="Havel", value=42, limit=50))
'Havel is out: 42.0, needs 50.0.'
>>> render(plural("{n} candidate", "{n} candidates", 3))
'3 candidates'
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

LANGUAGES: Mapping[str, str] = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Language code -> its own name; the first is the default."""

LOCALE_DIR = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that waits for its language: *code* is the English template, *parameters* fill its named fields.

    A parameter may itself be a `Message` or a `LocalText`; it is rendered in the same language first.
    """

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    plural_code: str | None = None
    context: str | None = None

    def __str__(self) -> str:
        """Return the English sentence."""
        return render(self)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text that its author wrote in one or several languages (a criterion's title, a rubric anchor).

    >>> LocalText({"en": "Growth", "zh-Hans": "成长情况"}).text("zh-Hant")
    '成长情况'
    """

    texts: Mapping[str, str]

    def text(self, language: str = "en") -> str:
        """Return the text in *language*, or in the nearest language that its author wrote."""
        for candidate in (language, *_NEAREST.get(language, ("en",)), *self.texts):
            if self.texts.get(candidate):
                return self.texts[candidate]
        return ""

    def every(self) -> tuple[str, ...]:
        """Return the text in every language its author wrote."""
        return tuple(self.texts.values())


_NEAREST: Mapping[str, tuple[str, ...]] = {"zh-Hans": ("zh-Hant", "en"), "zh-Hant": ("zh-Hans", "en"), "en": ()}


def local_text(value: object) -> LocalText:
    """Return *value* (a text, or a map of language to text) as a `LocalText`; raise ValueError otherwise."""
    if isinstance(value, LocalText):
        return value
    if isinstance(value, str):
        return LocalText({"en": value})
    if isinstance(value, int | float) and not isinstance(value, bool):
        return LocalText({"en": str(value)})
    if (
        isinstance(value, Mapping)
        and value
        and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())
    ):
        unknown = [key for key in value if key not in LANGUAGES]
        if unknown:
            raise ValueError(f"unknown language {unknown[0]!r}; known are {', '.join(LANGUAGES)}")
        return LocalText(dict(value))
    raise ValueError("must be a text, or a map of language (en, zh-Hans, zh-Hant) to text")


def plain_text(value: LocalText) -> str | dict[str, str]:
    """Return *value* as it is written in a profile file: a text where there is only English, else a map."""
    return value.texts["en"] if set(value.texts) == {"en"} else dict(value.texts)


LocalTextField = Annotated[LocalText, BeforeValidator(local_text)]
"""A pydantic field type: text or a map of language to text."""


def msg(code: str, /, **parameters: Any) -> Message:
    """Return a `Message`; the call is also what the catalogue extraction looks for."""
    return Message(code, parameters)


def plural(one: str, many: str, n: int, /, **parameters: Any) -> Message:
    """Return a `Message` whose English form depends on *n*; `{n}` is filled in by itself."""
    return Message(one, {"n": n, **parameters}, plural_code=many)


def pmsg(context: str, code: str, /, **parameters: Any) -> Message:
    """Return a `Message` with a *context* that tells two uses of one English text apart."""
    return Message(code, parameters, context=context)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", LOCALE_DIR, [language.replace("-", "_")], fallback=True)


def render(message: Message | LocalText | str, language: str = "en") -> str:
    """Return *message* as a sentence in *language*; a plain string is returned as it is."""
    if isinstance(message, str):
        return message
    if isinstance(message, LocalText):
        return message.text(language)
    catalogue = _catalogue(language)
    if message.plural_code is not None:
        template = catalogue.ngettext(message.code, message.plural_code, int(message.parameters["n"]))
    elif message.context is not None:
        template = catalogue.pgettext(message.context, message.code)
    else:
        template = catalogue.gettext(message.code)
    values = {
        key: render(value, language) if isinstance(value, Message | LocalText) else value
        for key, value in message.parameters.items()
    }
    return template.format(**values)


def join(parts: Iterable[Message | LocalText | str], language: str = "en") -> str:
    """Return the rendered *parts* as a list in the punctuation of *language*."""
    texts = [render(part, language) for part in parts]
    return (", " if language == "en" else "、").join(texts)


def negotiate(locale: str | None) -> str:
    """Return the language nearest to a browser's *locale*.

    >>> negotiate("zh-TW"), negotiate("zh-CN"), negotiate("de-DE"), negotiate(None)
    ('zh-Hant', 'zh-Hans', 'en', 'en')
    """
    tag = (locale or "").replace("_", "-").lower()
    if not tag.startswith("zh"):
        return "en"
    if "hans" in tag.split("-"):
        return "zh-Hans"
    return "zh-Hant" if any(part in ("hant", "tw", "hk", "mo") for part in tag.split("-")) else "zh-Hans"
