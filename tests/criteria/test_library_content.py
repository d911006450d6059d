"""The built-in library and templates say what the trade research says, completely and in three languages."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Any

import opencc
import pytest

from tests.criteria.built_in import BRIBERY, CRITERIA, FAMILIES, HEADS, LANGUAGES, SOLVENCY, all_texts, is_complete

ORDER = (
    *("history", "growth", "finance", "cooperation", "related_products", "staff"),
    *("coverage", "logistics", "reputation", "compliance", "online", "terms"),
)
JUDGED = {
    *("management_quality", "succession_continuity", "cooperation_attitude", "planning_and_data", "policy_discipline"),
    *("product_line_fit", "market_knowledge", "sales_staff_quality", "marketing_capability", "location_quality"),
    *("key_account_access", "warehouse_logistics", "after_sales_service", "trade_reputation", "market_position"),
    *("culture_fit", "bribery_risk", "online_operations"),
}
CURVES: dict[str, tuple[float, ...]] = {
    "operating_years": (0, 3, 10),
    "company_size": (1, 3, 5, 30, 100, 300),
    "sales_growth": (-15, 0, 10),
    "payment_record": (30, 15, 0),
    "credit_headroom": (0.5, 1, 2),
    "current_ratio": (1, 1.5, 2.2, 3, 4, 6),
    "quick_ratio": (0.4, 0.8, 1),
    "liabilities_to_equity": (0, 0, 0, 0.8, 1.5, 3),
    "interest_cover": (1, 2, 5),
    "altman_z2": (0, 1.1, 2.6),
    "dso_days": (120, 60, 40),
    "line_priority": (20, 10, 4),
    "competing_lines": (3, 1, 0),
    "related_experience": (5, 20, 50),
    "field_sales_headcount": (0.3, 0.7, 1),
    "technical_staff": (0, 2, 4),
    "territory_coverage": (20, 60, 90),
    "outlet_distribution": (10, 40, 70),
    "stock_commitment": (1, 4, 6, 10, 16, 26),
    "litigation_record": (3, 1, 0),
    "shop_rating": (4.4, 4.7, 4.9),
    "cost_to_serve": (15, 0, -5),
}
GATES: dict[str, Any] = {
    "operating_years": "conditional",
    "solvency": "conditional",
    "cooperation_attitude": "conditional",
    "policy_discipline": "conditional",
    "sales_staff_quality": "conditional",
    "litigation_record": "conditional",
    "licences_valid": "hard",
    "sanctions_clear": "hard",
    "bribery_risk": BRIBERY,
}
HEAD_ANCHORS = {  # the agreed wording of anchors 1, 3 and 5 of the seven seed factors
    "operating_years": (
        "不足1年或曾倒闭重开",
        "连续经营3–5年，控制人未变",
        "10年以上，经营稳定，主要供应商合作5年以上",
    ),
    "sales_growth": (
        "五年中三年下滑",
        "与当地行业同步，至多一年下滑",
        "连续五年高于行业，靠自有利润增长，有预算的扩张计划",
    ),
    "solvency": (
        "现有欠税、欠薪或被执行",
        "付款基本在到期后15天内，流动比率≥1.5，两年内无被执行",
        "提前付款，财务安全，提供审计报表和担保",
    ),
    "cooperation_attitude": (
        "先要独家和条件，爽约",
        "按时回复、资料齐全，决策人至少参加一次会谈",
        "带书面上市计划（人员、预算、首批客户），愿投入并接受目标与检查",
    ),
    "related_experience": (
        "无相关商品",
        "相关商品占销售20%以上且满2年",
        "占一半以上，有同类品牌成功案例并经供应商证实",
    ),
    "sales_staff_quality": (
        "只会接单，讲不清产品",
        "多数能正确介绍主要产品，有拜访计划，平均在岗1年以上",
        "现场能化解异议，获其他厂家认证，流失低，有专属团队",
    ),
    "location_quality": (
        "不在目标区域或租约半年内到期",
        "能在承诺时间内服务多数目标客户",
        "位于最知名商圈，租约3年以上，九成以上目标客户当日或次日可达",
    ),
}

# words of the mainland that Taiwan says differently; each was seen in drafts made by a converter
NOT_TAIWAN = re.findall(
    r"\S+",
    """渠道 默認 信息 數據 軟件 網絡 用戶 質量 賬 視頻 支持 反饋 門店 水平 實時 計劃 窜货 響應 培訓 落地 屏幕 鏈接 文檔
    打印 服務器 優化 審計報表 社保 被執行 營業執照 工商登記 合同 利潤表 發貨 配件 周轉 周數 經營年限 店鋪的位置""",
)
LOOKS_SIMPLIFIED = set("台占群准游床")  # standard in Taiwan, though a converter has a second form for each


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def test_library_has_44_leaf_criteria_and_one_composite_in_twelve_families() -> None:
    """Nothing of the research is lost, and no identifier stands twice."""
    listed = [entry["id"] for family in FAMILIES.values() for entry in family["criteria"]]
    assert len(listed) == len(set(listed)) == 45
    assert [c for c in listed if CRITERIA[c]["kind"] == "derived"] == ["solvency"]
    by_order = sorted(FAMILIES.values(), key=lambda family: family["order"])
    assert [family["family"] for family in by_order] == list(ORDER)
    assert [family["order"] for family in by_order] == list(range(1, 13))


def test_exactly_the_18_judged_criteria_are_judged() -> None:
    """Facts and impressions are kept apart."""
    assert {c for c, entry in CRITERIA.items() if entry["kind"] == "judged"} == JUDGED
    assert len(JUDGED) == 18


def test_every_judged_criterion_and_every_head_has_five_anchors_in_three_languages() -> None:
    """Whoever rates has a description for each of the five levels, in the own language."""
    assert {c for c, entry in CRITERIA.items() if "rubric" in entry} == JUDGED | set(HEADS)
    for criterion in JUDGED | set(HEADS):
        rubric = CRITERIA[criterion]["rubric"]
        assert len(rubric) == 5, criterion
        assert all(is_complete(anchor) for anchor in rubric), criterion
        for language in LANGUAGES:
            assert len({anchor[language] for anchor in rubric}) == 5, (criterion, language)


@pytest.mark.parametrize("head", HEADS)
def test_head_anchors_keep_the_agreed_wording(head: str) -> None:
    """Anchors 1, 3 and 5 of the seven seed factors read as agreed."""
    rubric = CRITERIA[head]["rubric"]
    assert tuple(rubric[place]["zh-Hans"] for place in (0, 2, 4)) == HEAD_ANCHORS[head]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_criterionis_complete_in_three_languages(criterion: str) -> None:
    """Title, definition, reason, evidence and, for a measured fact, the unit are there for each reader."""
    entry = CRITERIA[criterion]
    for field in ("title", "definition", "why", "evidence"):
        assert is_complete(entry[field]), field
    measured = entry["kind"] != "judged" and "levels" not in entry and criterion != "shop_class"
    assert ("unit" in entry) == measured
    assert not measured or is_complete(entry["unit"])
    assert len(entry["source"]) > 20
    steps = entry["step"] if isinstance(entry["step"], list) else [entry["step"]]
    assert steps == sorted(steps)
    assert steps[0] in (4, 5)


def test_level_titles_are_complete_and_unclear_matches_decide_nothing() -> None:
    """A possible match on a sanctions list is unknown, neither a pass nor a fail."""
    values = {
        c: {key: level["value"] for key, level in entry["levels"].items()}
        for c, entry in CRITERIA.items()
        if "levels" in entry
    }
    assert values == {
        "licences_valid": {"yes": 100, "no": 0},
        "sanctions_clear": {"clear": 100, "possible match": None, "match": 0},
    }
    for criterion in values:
        levels = CRITERIA[criterion]["levels"]
        assert all(is_complete(level["title"]) for level in levels.values())
        names = [_plain(name) for key, level in levels.items() for name in (key, *level["aliases"]) if _plain(name)]
        assert len(names) == len(set(names)), "a word may not name two levels"


def test_curves_and_composite_are_those_of_the_research_and_never_turn() -> None:
    """Every limit is the agreed one, and runs one way from floor to ideal."""
    found = {c: tuple(entry["curve"].values()) for c, entry in CRITERIA.items() if "curve" in entry}
    assert found == CURVES
    for criterion, knots in found.items():
        names = list(CRITERIA[criterion]["curve"])
        steps = [after - before for before, after in pairwise(knots)]
        if len(knots) == 3:
            assert names == ["floor", "qualified", "ideal"]
            assert all(s > 0 for s in steps) or all(s < 0 for s in steps), criterion
        else:
            assert names == ["low_floor", "low_qualified", "low_ideal", "high_ideal", "high_qualified", "high_floor"]
            assert all(s >= 0 for s in steps), criterion
    assert CRITERIA["solvency"]["composite"] == SOLVENCY
    assert sum(SOLVENCY.values()) == 100


def test_negative_equity_is_the_worst_debt_to_equity_and_not_the_best() -> None:
    """A negative ratio means that debts exceed all the firm owns."""
    from criteria.curves import Curve

    curve = Curve(**CRITERIA["liabilities_to_equity"]["curve"])
    assert curve.value([-4.0, 0.0, 0.8, 1.5, 3.0]).tolist() == [0.0, 100.0, 100.0, 50.0, 0.0]


def test_default_gates_are_those_of_the_research() -> None:
    """Only what the research calls a must-have is one."""
    assert {c: entry["gate"] for c, entry in CRITERIA.items() if entry["gate"] != "none"} == GATES


def test_a_column_name_belongs_to_one_criterion_only() -> None:
    """A header can be matched without asking; no alias is a word that could mean anything."""
    owner: dict[str, str] = {}
    for criterion, entry in CRITERIA.items():
        titles = {title.casefold() for title in entry["title"].values()}
        for name in (criterion, *entry["title"].values(), *entry["aliases"]):
            assert owner.setdefault(_plain(name), criterion) == criterion, name
        assert not titles & {alias.casefold() for alias in entry["aliases"]}, criterion
        assert len(entry["aliases"]) >= 3, criterion
    assert not {"rating", "score", "sales", "name", "id", "region", "总分", "得分", "評分", "名称", "名稱"} & set(owner)


def test_discipline_criterion_warns_of_the_law_and_dictates_no_resale_price() -> None:
    """Territory, channel, brand and authenticity are rated; resale prices are not."""
    entry = CRITERIA["policy_discipline"]
    for language, price in (("en", "resale price"), ("zh-Hans", "转售价格"), ("zh-Hant", "轉售價格")):
        assert price in entry["why"][language]
        assert price in entry["definition"][language]
        assert not any(re.search("price|价|價", anchor[language]) for anchor in entry["rubric"])


def test_traditional_texts_hold_no_simplified_character_and_no_mainland_word() -> None:
    """Taiwan reads Taiwan's words in Taiwan's characters."""
    to_traditional = opencc.OpenCC("s2t")
    for text in all_texts("zh-Hant"):
        wrong = {c for c in text if to_traditional.convert(c) != c} - LOOKS_SIMPLIFIED
        assert not wrong, text
        assert not [word for word in NOT_TAIWAN if word in text], text


def test_simplified_texts_hold_no_traditional_character() -> None:
    """The mainland reads simplified characters throughout."""
    to_simplified = opencc.OpenCC("t2s")
    for text in all_texts("zh-Hans"):
        assert to_simplified.convert(text) == text, text


def test_the_two_chinese_texts_are_written_apart_and_punctuated_in_full_width() -> None:
    """Traditional texts are no conversion of the simplified ones, and no half-width comma stands in running text."""
    convert = opencc.OpenCC("s2t").convert
    pairs = list(zip(all_texts("zh-Hans"), all_texts("zh-Hant"), strict=True))
    long_pairs = [(hans, hant) for hans, hant in pairs if len(hans) >= 15]
    same = [hans for hans, hant in long_pairs if convert(hans) == hant]
    assert len(same) < len(long_pairs) / 5
    for pair in pairs:
        for text in pair:
            assert not re.search(r"[一-鿿][,;:!?]|[,;:!?][一-鿿]", text), text
