"""What a column header says: its folded name in every form worth looking up, and the unit that stands beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from data.importing.cells import tidy, unit_words
from data.importing.vocabulary import spaced

ID, NAME, REGIONS, CITY, COUNTRY = "id", "name", "regions", "city", "country"

BASE_NAMES: dict[str, tuple[str, ...]] = {
    ID: spaced(
        "id candidate_id company_id distributor_id dealer_id vendor_id supplier_id customer_id code company_code "
        "customer_code customer_number customer_no vendor_code supplier_code vendor_number "
        "account_number 编号 编码 代码 "
        "公司编号 客户编号 客户编码 供应商编号 经销商编号 经销商代码 公司代码 证券代码 股票代码 统一社会信用代码 "
        "统一编号 公司统编 symbol ticker registration_number company_registration_number vat_number license_number "
        "licence_number business_id kundennummer lieferantennummer コード 企業コード"
    ),
    NAME: spaced(
        "name company company_name distributor distributor_name candidate candidate_name dealer dealer_name firm "
        "firm_name business_name legal_name long_name organisation organization organisation_name organization_name "
        "supplier supplier_name vendor vendor_name customer customer_name partner partner_name agent reseller "
        "wholesaler trading_name account_name short_name 名称 名字 公司 公司名称 公司名 企业 企业名称 企业名 "
        "单位名称 客户 客户名称 经销商 经销商名称 分销商 分销商名称 代理商 代理商名称 供应商 供应商名称 商号 商家 店名 "
        "店铺名称 候选人 候选企业 候选经销商 firma firmenname unternehmen händler nombre empresa razón_social société "
        "nom entreprise raison_sociale azienda ragione_sociale 会社名 企業名 社名 회사명 업체명"
    ),
    REGIONS: spaced(
        "regions region sales_region target_region target_regions territory territories sales_territory area province "
        "地区 区域 大区 省份 省 销售区域 目标区域 目标地区 覆盖区域 负责区域 经营区域 市场区域 所在地区 所在省份 "
        "gebiet vertriebsgebiet región région 地域"
    ),
    CITY: spaced("city town headquarters_city hq_city 城市 所在城市 市 总部城市 stadt ort ciudad ville 都市"),
    COUNTRY: spaced("country country_code country_region nation 国家 国别 国家地区 land país pays 国"),
}
"""Column names that are no criteria, in simplified characters; the first of a list is the surest."""

_BRACKETS = re.compile(r"[(\[{（【〔][^()\[\]{}（）【】〔〕]*[)\]}）】〕]")
_TAIL_UNIT = re.compile(r"(?:,|/|:|-|–| in | w | en )\s*([^,:/]{1,24})$|([%‰])$")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@cache
def _converter() -> Callable[[str], str]:
    import opencc  # only a file with Chinese characters pays for loading the tables

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """Return *text* with traditional Chinese characters as simplified ones.

    >>> simplified("經銷商 Ltd")
    '经销商 Ltd'
    """
    return _converter()(text) if _HAN.search(text) else text


def fold(text: str) -> str:
    """Return the letters and digits of *text*, without case, width, script variant, blanks and punctuation.

    >>> fold("Years_in-Business"), fold("ＹＥＡＲＳ"), fold("經銷商 名稱")
    ('yearsinbusiness', 'years', '经销商名称')
    """
    return _fold(text) if len(text) <= _REMEMBERED else _fold.__wrapped__(text)


@lru_cache(maxsize=16_384)
def _fold(text: str) -> str:
    plain = simplified(unicodedata.normalize("NFKC", text)).casefold()
    return "".join(char for char in plain if char.isalnum())


_REMEMBERED = 200
"""Longer texts are folded anew each time, so that a hostile file cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """The unit in a header: a *currency*, a *scale* (1e6 for millions; 1 = none), a *unit* of `cells.UNIT_SCALE`."""

    currency: str | None = None
    scale: float = 1.0
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A header read: the *forms* to look up, the most complete first, and the unit that stands beside the name."""

    text: str
    forms: tuple[str, ...]
    unit: HeaderUnit


@lru_cache(maxsize=16_384)
def read_header(text: str) -> Header:
    """Return what *text* says as a header.

    >>> read_header("流动比率(%)").forms, read_header("流动比率(%)").unit.unit
    (('流动比率',), 'percent')
    >>> read_header("Revenue (USD m)").unit
    HeaderUnit(currency='USD', scale=1000000.0, unit=None)
    """
    body = unicodedata.normalize("NFKC", text[:400])
    bare = _BRACKETS.sub(" ", body)
    notes = [part[1:-1] for part in _BRACKETS.findall(body)]
    forms = [fold(body), fold(bare)]
    for source in (body, bare):
        if found := _TAIL_UNIT.search(source.strip()):
            note = found[1] or found[2]
            if unit_words(tidy(note)):
                notes.append(note)
                forms.append(fold(source.strip()[: found.start()]))
    unit = next((unit for note in notes if (unit := _unit(note)) is not None), HeaderUnit())
    return Header(text, tuple(dict.fromkeys(form for form in forms if form)), unit)


def _unit(note: str) -> HeaderUnit | None:
    """Return the unit that a note in a header states, or None where it is something else."""
    body = re.sub(r"^(?:in|unit|单位|單位)\s*[:：]?\s*", "", tidy(note).replace("'000", "k"))
    words = unit_words(body)
    if not words:
        return None
    found: dict[str, object] = {}
    for kind, value in words:
        if found.setdefault(kind, value) != value:
            return None
    scale, currency, unit = found.get("magnitude", 1.0), found.get("currency"), found.get("unit")
    return HeaderUnit(
        None if currency is None else str(currency), float(str(scale)), None if unit is None else str(unit)
    )
