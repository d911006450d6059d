"""The built-in templates carry the weights, must-haves and scenarios of the tables of the trade research."""

from __future__ import annotations

from typing import Any

import pytest

from tests.criteria.built_in import BRIBERY, CRITERIA, HEADS, SOLVENCY, TEMPLATES, is_complete

# template -> criterion -> (weight, gate); the tables of the trade research, written out
NOTHING, COND, HARD = "none", "conditional", "hard"
CLEAN = {"licences_valid": (0, HARD), "sanctions_clear": (0, HARD)}
TABLES: dict[str, dict[str, tuple[float, Any]]] = {
    "seven_factors": {
        "operating_years": (1, COND),
        "sales_growth": (1, NOTHING),
        "solvency": (1, COND),
        "cooperation_attitude": (1, COND),
        "related_experience": (1, NOTHING),
        "sales_staff_quality": (1, NOTHING),
        "location_quality": (1, NOTHING),
    },
    "consumer_exclusive": {
        "solvency": (9, COND),
        "operating_years": (3, COND),
        "field_sales_headcount": (6, NOTHING),
        "warehouse_logistics": (6, NOTHING),
        "trade_reputation": (5, NOTHING),
        "territory_coverage": (6, COND),
        "related_experience": (10, NOTHING),
        "outlet_distribution": (8, NOTHING),
        "key_account_access": (7, NOTHING),
        "marketing_capability": (10, NOTHING),
        "sales_staff_quality": (5, NOTHING),
        "cost_to_serve": (15, NOTHING),
        "cooperation_attitude": (6, COND),
        "planning_and_data": (4, NOTHING),
        "competing_lines": (0, COND),
        **CLEAN,
    },
    "five_factor_card": {
        "cooperation_attitude": (15, COND),
        "sales_staff_quality": (20, NOTHING),
        "solvency": (30, COND),
        "management_quality": (15, NOTHING),
        "product_line_fit": (20, NOTHING),
    },
    "industrial": {
        "technical_staff": (12, COND),
        "after_sales_service": (14, COND),
        "sales_staff_quality": (10, NOTHING),
        "key_account_access": (12, NOTHING),
        "market_knowledge": (8, NOTHING),
        "related_experience": (8, NOTHING),
        "product_line_fit": (6, NOTHING),
        "solvency": (10, COND),
        "cooperation_attitude": (8, COND),
        "operating_years": (4, NOTHING),
        "management_quality": (4, NOTHING),
        "stock_commitment": (4, NOTHING),
        **CLEAN,
        "bribery_risk": (0, BRIBERY),
    },
    "online": {
        "online_operations": (25, COND),
        "shop_rating": (20, COND),
        "policy_discipline": (20, COND),
        "related_experience": (10, NOTHING),
        "cooperation_attitude": (10, NOTHING),
        "marketing_capability": (5, NOTHING),
        "warehouse_logistics": (5, NOTHING),
        "payment_record": (5, NOTHING),
        **CLEAN,
    },
    "medical": {
        **CLEAN,
        "bribery_risk": (12, BRIBERY),
        "warehouse_logistics": (14, [{"kind": "hard", "limit": 3}]),
        "after_sales_service": (12, COND),
        "technical_staff": (10, COND),
        "key_account_access": (14, NOTHING),
        "related_experience": (10, NOTHING),
        "solvency": (10, COND),
        "dso_days": (4, NOTHING),
        "planning_and_data": (6, NOTHING),
        "cooperation_attitude": (4, NOTHING),
        "trade_reputation": (4, NOTHING),
    },
    "intensive": {
        "payment_record": (35, COND),
        "location_quality": (25, NOTHING),
        "outlet_distribution": (15, NOTHING),
        "policy_discipline": (15, NOTHING),
        "cooperation_attitude": (10, NOTHING),
        **CLEAN,
    },
}
DOUBLED = {
    "balanced": set(),
    "cautious": {"finance", "compliance"},
    "expansion": {"growth", "coverage", "staff"},
    "service_first": {"logistics", "staff"},
}


@pytest.mark.parametrize("name", TABLES)
def test_template_weights_and_gates_are_those_of_its_table(name: str) -> None:
    """The balanced scenario and every must-have equal the written table; nothing else has a weight or a gate."""
    template = TEMPLATES[name]
    entries = {entry["use"]: entry for entry in template["criteria"]}
    table = TABLES[name]
    extra = set(SOLVENCY) - set(table) if "solvency" in table and name != "seven_factors" else set()
    assert len(entries) == len(template["criteria"])
    assert set(entries) == set(table) | extra
    assert {c: entry["gate"] for c, entry in entries.items()} == {c: g for c, (_, g) in table.items()} | dict.fromkeys(
        extra, "none"
    )
    assert template["scenarios"]["balanced"] == {c: weight for c, (weight, _) in table.items() if weight}
    assert sum(weight for weight, _ in table.values()) == (7 if name == "seven_factors" else 100)


@pytest.mark.parametrize("name", TABLES)
def test_scenarios_double_the_families_they_stand_for(name: str) -> None:
    """Each scenario is the balanced one with its families times two, and is left out only where they weigh nothing."""
    scenarios = TEMPLATES[name]["scenarios"]
    balanced = scenarios["balanced"]
    families = {CRITERIA[criterion]["family"] for criterion in balanced}
    assert list(scenarios) == [s for s, doubled in DOUBLED.items() if not doubled or doubled & families]
    for scenario, weights in scenarios.items():
        doubled = DOUBLED[scenario]
        assert weights == {c: w * (2 if CRITERIA[c]["family"] in doubled else 1) for c, w in balanced.items()}


def test_templates_are_complete_and_only_differ_from_the_library_where_they_say_so() -> None:
    """Seven templates with a title, a note that calls the numbers starter values, and the qualified line at 50."""
    assert set(TEMPLATES) - {"annual_review"} == set(TABLES)
    for name in TABLES:
        template = TEMPLATES[name]
        assert template["name"] == name
        assert template["minimum_total"] == 50
        assert is_complete(template["title"])
        assert is_complete(template["note"])
        assert "starter values" in template["note"]["en"]
        assert "起步值" in template["note"]["zh-Hans"]
        assert "起始值" in template["note"]["zh-Hant"]
        for entry in template["criteria"]:
            assert set(entry) <= {"use", "gate", "kind", "curve", "evidence"}
            assert "evidence" not in entry or is_complete(entry["evidence"])


def test_only_the_named_overrides_change_a_kind_or_a_curve() -> None:
    """Six of the seven factors are rated; an exclusive distributor keeps no competing brand."""
    changed = {
        (name, entry["use"]): entry.get("kind", entry.get("curve"))
        for name in TABLES
        for entry in TEMPLATES[name]["criteria"]
        if "kind" in entry or "curve" in entry
    }
    assert changed == {("seven_factors", head): "judged" for head in HEADS[1:]} | {
        ("consumer_exclusive", "competing_lines"): {"floor": 1, "qualified": 0, "ideal": 0}
    }


def test_every_template_loads_and_reads_the_qualified_distributor_as_50() -> None:
    """The loader takes each template as it stands, and its must-haves pass exactly from the qualified value on."""
    from criteria import load_profile

    for name in TABLES:
        profile = load_profile(name)
        assert {c.id for c in profile.criteria} == {entry["use"] for entry in TEMPLATES[name]["criteria"]}
        for criterion in profile.criteria:
            if (
                criterion.curve is not None
                and not criterion.curve.is_range
                and criterion.curve.qualified != criterion.curve.ideal
            ):
                assert criterion.curve.value([criterion.curve.qualified]).tolist() == [50.0]
        for scenario in profile.scenarios:
            assert profile.weights(scenario).sum() == pytest.approx(1.0)
