"""Chinese numerals -> numbers."""

from __future__ import annotations

import re

_HAN_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_HAN_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HAN = re.compile(
    "[" + "".join((*_HAN_DIGITS, *_HAN_TENS)) + "][" + "".join((*_HAN_DIGITS, *_HAN_TENS, *_HAN_MYRIADS)) + "]*"
)
"""A run of Chinese numerals."""


def han_value(text: str) -> int | None:
    """Return the number that Chinese numerals say, or None.

    >>> [han_value(t) for t in ("三", "十二", "二十", "一百零五", "三百万", "二〇一五", "两三百")]
    [3, 12, 20, 105, 3000000, 2015, None]
    """
    if all(char in _HAN_DIGITS for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _HAN_DIGITS:
            if digit:  # 两三百 is "two or three hundred", no number
                return None
            digit = _HAN_DIGITS[char]
        elif char in _HAN_TENS:
            section += (1 if digit is None else digit) * _HAN_TENS[char]
            digit = None
        else:
            section = (section + (digit or 0)) * _HAN_MYRIADS[char]
            total, section, digit = total + section, 0, None
    result = total + section + (digit or 0)
    return result or None
