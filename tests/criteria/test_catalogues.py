"""The Chinese catalogues: every text is translated, fits its English text, and speaks the words of its readers."""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path

import opencc
import pytest
from babel.messages.catalog import Catalog

from criteria.catalogues import LOCALES, compiled, extract, main, po_path, read
from criteria.text import msg, plural, pmsg, render

HANS, HANT = "zh_Hans", "zh_Hant"


def words(text: str) -> frozenset[str]:
    """Return the words of *text*."""
    return frozenset(text.split())


NAMES = words(
    """
    AHP ARAS CODAS COPRAS CRITIC CSV Ctrl CoCoSo EDAS ELECTRE Excel HTML ID JSON MABAC MARCOS MB MOORA OpenDocument
    PAYDEX PDF PROMETHEE Parquet Python RIM SPOTIS TOPSIS TRI UTF VIKOR WASPAS XML YAML
    csv help html json parquet pickle scan scikit shortlist tsv xls xlsb xlsx
    """
)
"""Words in Latin letters that Chinese texts may hold: names, commands and file types."""

KEYS = words(
    """
    by candidates criteria criterion equal first floor gaussian high_floor high_ideal high_qualified id ideal inherits
    linear low_floor low_ideal low_qualified mabac max minmax moora_ratio name none nonlinear own python qualified
    reason region second sum top topsis unsure use usual vector waspas weighted_sum
    """
)
"""Words of files and options: a translation may hold them where the English text holds them too."""

NOT_HERE = {
    HANS: words(
        """
        通路 预设 资料夹 查证 储存 汇入 汇出 专案 档案 活页簿 程式 软体 伺服器 使用者 例外核准 视窗 搜寻 钉选 网路
        记忆体 字元 栏位 品质 巨集 范本 贴上 滑杆 币别 复原 试算表
        """
    ),
    HANT: words(
        """
        渠道 默認 信息 數據 導入 導出 保存 程序 服務器 網絡 鼠標 單擊 打印 用戶 軟件 硬件 內存 磁盤 文檔 模板 質量 搜索
        粘貼 字符 字段 鏈接 加載 刷新 屏幕 工作簿 單元格 電子表格 撤銷 特批 核實 置頂 缺失 反饋 批量 計劃 歸一化 窗口
        列表 滑塊 重命名 幣種 表頭 壓縮包 演示 嵌套 添加 設置 新項目 此項目 本項目
        """
    ),
}
"""Words of the other side of the strait."""

GLOSSARY: dict[str, tuple[str, str]] = {
    r"must-haves?\b": ("门槛", "門檻"),
    r"weighting scenarios?\b": ("方案", "方案"),
    r"\bwaive[ds]?\b|\bwaivers?\b": ("特批", "例外核准"),
    r"\bto be verified\b": ("待核实", "待查證"),
    r"\beliminate[ds]?\b": ("淘汰", "淘汰"),
    r"\bqualified line\b": ("合格线", "合格線"),
    r"\bthe ideal\b": ("理想", "理想"),
    r"\bworkbooks?\b": ("工作簿", "活頁簿"),
    r"\b(work)?sheet “": ("工作表", "工作表"),
    r"(?<!-)\bcriteri(on|a)\b": ("指标", "指標"),
    r"\bfactors?\b": ("指标", "指標"),
    r"\bweights?\b": ("权重", "權重"),
    r"\brankings?\b": ("排名", "排名"),
    r"\bregions?\b": ("区域", "區域"),
    r"\bdistributors?\b": ("经销商", "經銷商"),
    r"\bnear miss\b": ("差一点达标", "差一點達標"),
    r"\bdesk ranking\b": ("初步排名", "初步排名"),
    r"\bunpin\b": ("取消置顶", "取消釘選"),
    r"\bpin(ned)?\b": ("置顶", "釘選"),
    r"\b[Ss]ave(d)? (the|as|my|mine|for)\b": ("存", "存"),
    r"\bUndo\b": ("撤销", "復原"),
    r"\b[Ee]xport(s|ed)?\b": ("导出", "匯出"),
    r"\b(first choice)\b": ("首选", "首選"),
    r"\breserve\b": ("备选", "備選"),
    r"\bfingerprint\b": ("校验码", "核對碼"),
    r"\btemplates?\b": ("模板", "範本"),
    r"\bcurrenc(y|ies)\b": ("币", "幣"),
    r"\bproject(s)?\b": ("项目", "專案"),
}
"""What an English text says -> what its translations must say; method and file keys in small letters are apart."""

OTHERWISE = {
    "A waiver has id, region, criterion, by and reason, and nothing else.",
    "{file}: waivers are a list, each with id, region, criterion, by and reason.",
    "{where}: a standard is a list of keys such as name and criteria.",
    "{growth}, less market growth of {market:g}",
    "sales of last year ÷ our planned sales",
}
"""English texts that use a word of the glossary as a key of a file, or in another sense."""

BOTH_SCRIPTS = frozenset("群占里准")
"""Characters that the tables turn around although Taiwan writes them so too."""


def texts(locale: str) -> list[tuple[str, str, str]]:
    """Return (English text, its plural or itself, translation) of every text that is translated."""
    found = []
    for message in read(locale):
        if message.id:
            one, many = (message.id, message.id) if isinstance(message.id, str) else (message.id[0], message.id[1])
            shown = message.string if isinstance(message.string, str) else (message.string or [""])[0]
            if shown:
                found.append((one, many, shown))
    return found


def fields(text: str) -> list[tuple[str, str, str]]:
    """Return the placeholders of *text*, sorted: name, format and conversion."""
    parts = string.Formatter().parse(text)
    return sorted((name, spec or "", conversion or "") for _, name, spec, conversion in parts if name is not None)


def plain(text: str) -> str:
    """Return *text* without its placeholders."""
    return "".join(literal for literal, *_ in string.Formatter().parse(text))


def keys(catalogue: Catalog) -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Return what identifies the texts of a catalogue."""
    return {(m.context, m.id if isinstance(m.id, str) else tuple(m.id)) for m in catalogue if m.id}


@cache
def product_keys() -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Return what identifies the texts of the product as it is."""
    return keys(extract())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_of_the_product_is_in_the_catalogue_and_no_other(locale: str) -> None:
    """Run `python -m criteria.catalogues` after adding or removing a text, and translate the new ones."""
    assert keys(read(locale)) == product_keys()


def test_texts_are_found_wherever_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain calls, methods and calls inside f-strings are found, what is no literal is not."""
    source = tmp_path / "page.py"
    source.write_text(
        "a = msg(\"One {n}.\", n=1)\nb = f\"**{t('Two')}** {words.tn('{n} day', '{n} days', n)}\"\n"
        'c = pmsg("sheet", "Why"), t(a), msg(f"no {a}"), other("no")\n',
        "utf-8",
    )
    monkeypatch.setattr("criteria.catalogues.source_files", lambda: [source])
    found = {(None, "One {n}."), (None, "Two"), (None, ("{n} day", "{n} days")), ("sheet", "Why")}
    assert keys(extract()) == found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_translated_for_good(locale: str) -> None:
    """No translation is empty or marked as doubtful, and Chinese has one form for every number."""
    for message in read(locale):
        if message.id:
            assert message.string, message.id
            assert "fuzzy" not in message.flags, message.id
            if not isinstance(message.id, str):
                assert isinstance(message.string, tuple | list), message.id
                assert len(message.string) == 1, message.id
                assert message.string[0], message.id


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_is_the_written_one(locale: str) -> None:
    """The .mo file is what the product reads, the .po file what people read."""
    written = po_path(locale).with_suffix(".mo").read_bytes()
    assert written == compiled(read(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_kept_with_their_formats(locale: str) -> None:
    """A sentence in Chinese is filled with the same values, in the same formats."""
    for _, many, shown in texts(locale):
        assert fields(shown) == fields(many), (many, shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_are_those_of_the_country(locale: str) -> None:
    """Mainland texts use mainland words, Taiwan texts Taiwan's."""
    for one, _, shown in texts(locale):
        assert not [word for word in NOT_HERE[locale] if word in shown], (one, shown)
    if locale == HANT:
        for one, _, shown in texts(locale):
            assert not re.search(r"第\{(line|first|second)[^}]*\}行|\{rows[^}]*\}行", shown), (one, shown)


@pytest.mark.parametrize(("place", "locale"), [(0, HANS), (1, HANT)])
def test_the_glossary_is_kept(place: int, locale: str) -> None:
    """One English term has one Chinese term everywhere."""
    for one, many, shown in texts(locale):
        if one in OTHERWISE:
            continue
        english = plain(one) + " " + plain(many)
        for term, wanted in GLOSSARY.items():
            if re.search(term, english):
                assert wanted[place] in shown, (term, one, shown)


def test_each_country_reads_its_own_characters() -> None:
    """No character of the other script stands in a text."""
    to_traditional, to_simplified = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")
    for one, _, shown in texts(HANT):
        assert not {c for c in shown if to_traditional.convert(c) != c} - BOTH_SCRIPTS, (one, shown)
    for one, _, shown in texts(HANS):
        assert to_simplified.convert(shown) == shown, (one, shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_english_word_is_left(locale: str) -> None:
    """Only names, file types and the keys that the English text names stay in Latin letters."""
    for one, many, shown in texts(locale):
        english = set(re.findall(r"[A-Za-z_]{2,}", plain(one) + " " + plain(many)))
        for word in re.findall(r"[A-Za-z_]{2,}", plain(shown)):
            assert word in NAMES or (word in KEYS and word in english), (one, shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_punctuation_is_full_width_and_no_blank_is_left_over(locale: str) -> None:
    """Chinese sentences have Chinese marks, quotations those of their country."""
    quotes = {HANS: "「」『』", HANT: "“”‘’"}[locale]
    for one, _, shown in texts(locale):
        bare = re.sub(r"\{[^}]*\}", "字", shown)
        assert not re.search(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]", bare), (one, shown)
        assert not set(shown) & {*quotes, '"'}, (one, shown)
        assert shown == shown.strip(), (one, shown)
        assert not re.search(r"[一-鿿] +[一-鿿]|  ", shown), (one, shown)
        assert one.rstrip("”)").endswith(".") <= shown.rstrip("”」）").endswith(("。", "}")), (one, shown)


def test_the_two_are_written_apart() -> None:
    """The Taiwan text is no conversion of the mainland text, character by character."""
    convert = opencc.OpenCC("s2t").convert
    pairs = [(hans, hant) for (_, _, hans), (_, _, hant) in zip(texts(HANS), texts(HANT), strict=True)]
    long_pairs = [(hans, hant) for hans, hant in pairs if len(hans) >= 20]
    assert sum(convert(hans) == hant for hans, hant in long_pairs) < len(long_pairs) / 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-Hans", "{n}家候选经销商"), ("zh-Hant", "{n}家候選經銷商")],
)
def test_a_page_reads_the_catalogue(language: str, sentence: str) -> None:
    """Plurals, contexts and plain texts are found where the pages look for them."""
    assert render(plural("{n} candidate", "{n} candidates", 1), language) == sentence.format(n=1)
    assert render(plural("{n} candidate", "{n} candidates", 3), language) == sentence.format(n=3)
    assert render(pmsg("list", "{first}, {rest}", first="甲", rest="乙"), language) == "甲、乙"
    assert render(msg("Region"), language) == {"zh-Hans": "区域", "zh-Hant": "區域"}[language]


def test_updating_without_new_texts_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command can be run at any time: same texts, same files."""
    written = {locale: po_path(locale).read_bytes() for locale in LOCALES}
    monkeypatch.setattr("criteria.catalogues.LOCALE_DIR", tmp_path)
    for locale, content in written.items():
        po_path(locale).parent.mkdir(parents=True)
        po_path(locale).write_bytes(content)
    assert main() == 0
    assert capsys.readouterr().out.count(" 0 without translation") == len(LOCALES)
    assert {locale: po_path(locale).read_bytes() for locale in LOCALES} == written
