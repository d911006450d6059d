"""What people type around figures: words for unknown and not applicable, magnitudes, currencies, units.

Everything is folded as `cells.tidy` does it: no capitals, no full-width forms. Tables are written "value: words".
"""

from __future__ import annotations

from types import MappingProxyType


def spaced(text: str) -> tuple[str, ...]:
    """Return the words of *text*, which blanks part; an underscore stands for a blank inside a word."""
    return tuple(word.replace("_", " ") for word in text.split())


UNKNOWN = frozenset(
    (
        "",
        *spaced("- -- --- – — ― ー / ? ?? ??? ？ . .. ... … n/a n.a. n.a na n/k nil null none (none) (null) <null>"),
        *spaced(
            "unknown unk tbd tba tbc missing pending k.a. k._a. n.b. s.o. nd n.d. not_available not_known not_provided"
        ),
        *spaced("not_disclosed 无 無 未知 不详 不詳 不明 待定 待确认 待確認 待查 未提供 未披露 未揭露"),
        *spaced("暂无 暫無 暂缺 暫缺 缺失 没有 沒有 空"),
    )
)
"""What people type for "we do not know"."""

NOT_APPLICABLE = frozenset(
    spaced(
        "not_applicable notapplicable inapplicable does_not_apply nicht_anwendbar sans_objet "
        "no_aplica 不适用 不適用 不涉及"
    )
)
"""What people type for "this does not apply to them"; `n/a` is not among them: it is unknown."""

YES = spaced(
    "yes y true t 1 1.0 ok okay yep ✓ ✔ ☑ ✅ √ 是 有 对 真 已 已办 已办理 已取得 齐全 合格 具备 通过 ja j si sí "
    "oui sim はい 예"
)
"""Ways of writing "yes", in simplified characters."""

NO = spaced(
    "no n false f 0 0.0 nope ✗ ✘ ❌ × ☐ 否 无 没有 没 不 不是 未 未办 未办理 未取得 不齐全 不全 不合格 不具备 未通过 "
    "nein non não いいえ 아니오"
)
"""Ways of writing "no", in simplified characters."""

TOTALS = spaced(
    "total totals grand_total sub_total subtotal sum summe gesamt average mean 总计 合计 小计 共计 "
    "总和 平均 平均值 汇总"
)
"""What the last line of a sheet is called that is no candidate, in simplified characters."""


def _table(text: str) -> dict[str, str]:
    """Return word -> value of lines "value: word, word"."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {word.strip(): value.strip() for value, _, words in lines for word in words.split(",")}


MAGNITUDES = {
    word: float(value)
    for word, value in _table("""
1e2: 百
1e3: k, thousand, thousands, tsd, 千, 仟
1e4: 万, 萬
1e5: lakh, lakhs, lac, lacs, 十万, 十萬
1e6: m, mm, mn, mio, mln, mill, million, millions, 百万, 百萬
1e7: crore, crores, cr, 千万, 千萬
1e8: 亿, 億
1e9: b, bn, bln, mrd, milliard, milliarden, billion, billions, 十亿, 十億
1e10: 百亿, 百億
1e11: 千亿, 千億
1e12: trillion, tn, 万亿, 萬億
""").items()
}

CURRENCIES = _table("""
USD: us$, usd$, u.s.$, us dollar, us dollars, 美元, 美金
$: $, dollar, dollars
EUR: €, euro, euros, 欧元, 歐元
GBP: £, pounds, 英镑, 英鎊
¥: ¥
JPY: 円, yen, 日元, 日圆, 日圓
CNY: rmb, rmb¥, cn¥, cny¥, 人民币, 人民幣, 人民币元, 元人民币
元: 元, 圆, 圓, 块
TWD: nt$, ntd, nt, 新台币, 新台幣, 新臺幣, 台币, 台幣
HKD: hk$, 港元, 港币, 港幣
SGD: s$
AUD: a$, au$
CAD: c$, ca$
NZD: nz$
MXN: mx$
BRL: r$
THB: ฿, baht, 泰铢, 泰銖
VND: ₫, đ, 越南盾
KRW: ₩, 韩元, 韓元
INR: ₹, rs, rs.
PHP: ₱
RUB: ₽
TRY: ₺
UAH: ₴
NGN: ₦
ILS: ₪
PLN: zł
CZK: kč
kr: kr, kr.
CHF: fr., sfr, sfr.
MYR: rm
IDR: rp
""")

CODES = frozenset(
    spaced(
        "USD EUR GBP JPY CNY CNH TWD HKD MOP SGD AUD CAD NZD CHF SEK NOK DKK ISK PLN CZK HUF "
        "RON BGN TRY RUB UAH KZT INR PKR "
        "BDT LKR NPR THB VND MYR IDR PHP KRW MMK KHR LAK BND BRL MXN ARS CLP COP PEN UYU ZAR "
        "NGN KES GHS EGP MAD TND DZD SAR "
        "AED QAR KWD BHD OMR JOD ILS IRR IQD GEL AMD AZN UZS RSD ALL MKD BAM"
    )
)
"""ISO 4217 codes that are recognised beside a figure."""

AMBIGUOUS_SYMBOLS = MappingProxyType(
    {
        "$": ("USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP"),
        "¥": ("CNY", "JPY"),
        "元": ("CNY", "TWD", "HKD", "MOP"),
        "kr": ("SEK", "NOK", "DKK", "ISK"),
    }
)
"""Symbols that several currencies share -> the currencies, the most frequent first."""

UNITS = _table("""
percent: %, percent, per cent, pct, prozent, percentage points, percentage point, pp, p.p., 个百分点, 個百分點
percent: 百分点, 百分點
permille: ‰
year: years, year, yrs, yr, y, jahre, 年
month: months, month, mths, mos, mo, 个月, 個月
week: weeks, week, wks, wk, 周, 週, 星期
day: days, day, d, tage, 天, 日
hour: hours, hour, hrs, h, 小时, 小時
count: people, persons, staff, employees, pcs, brands, brand, cases, case, 人, 名, 位, 家, 个, 個, 件, 辆, 輛, 款
count: 种, 種
times: times, x, ×, 倍
point: points, point, pts, pt, 分, stars, 星, 级, 級
km: km, kilometers, kilometres, 公里, 千米
mile: miles, mile, mi, 英里
sqm: sqm, sq m, 平方米, 平米
ping: 坪
""")

UNIT_SCALE = MappingProxyType(
    {
        "year": ("time", 365.25),
        "month": ("time", 365.25 / 12),
        "week": ("time", 7.0),
        "day": ("time", 1.0),
        "hour": ("time", 1 / 24),
        "percent": ("share", 1.0),
        "permille": ("share", 0.1),
        "times": ("share", 100.0),
        "km": ("length", 1.0),
        "mile": ("length", 1.609344),
        "sqm": ("area", 1.0),
        "ping": ("area", 3.305785),
        "count": ("count", 1.0),
        "point": ("point", 1.0),
    }
)
"""Unit -> (what it measures, how many base units it is)."""
