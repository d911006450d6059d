"""The ways to derive each criterion: which raw columns, by which formula, and what makes a row's figures impossible.

A criterion may have several ways (equity stated, or total assets less liabilities); the first that gives a row a value
is used for that row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from criteria import derived_formulas as formulas
from criteria.derived_formulas import Floats
from criteria.text import Message, msg


@dataclass(frozen=True, slots=True)
class Check:
    """What makes a row impossible: *bad* takes a way's inputs in order; where it is true the row stays unknown."""

    bad: Callable[..., NDArray[np.bool_]]
    message: Message


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a criterion: *compute* takes the columns named in *inputs*, in that order."""

    inputs: tuple[str, ...]
    formula: Message
    compute: Callable[..., Floats]
    checks: tuple[Check, ...] = ()


def _needs_positive(position: int, message: Message) -> Check:
    return Check(lambda *inputs: inputs[position] == 0, message)


_NO_CURRENT_LIABILITIES = msg("Current liabilities of 0: a ratio to them has no value.")
_NO_ASSETS = msg("Total assets of 0: a ratio to them has no value.")
_NO_SALES = msg("Sales of 0: a ratio to them has no value.")
_NO_EXPOSURE = msg("An exposure of 0: a ratio to it has no value.")
_PARTS = msg("Stock and prepaid expenses are more than all current assets.")
_SHORT_OVER_ALL = msg("Current assets are more than total assets.")
_SHORT_DEBT_OVER_ALL = msg("Current liabilities are more than total liabilities.")
_AMBIGUOUS_COVER = msg("A negative interest cover can mean a loss or interest received; it is left out.")
_OVER_HUNDRED = msg("An equity ratio above 100 % cannot be right.")
_OWN_OVER_ALL = msg("Equity is more than total assets.")

_CURRENT = Way(
    ("current_assets", "current_liabilities"),
    msg("current assets ÷ current liabilities"),
    formulas.ratio,
    (_needs_positive(1, _NO_CURRENT_LIABILITIES),),
)

_QUICK = (
    Way(
        ("current_assets", "inventory", "prepaid", "current_liabilities"),
        msg("(current assets − stock − prepaid expenses) ÷ current liabilities"),
        formulas.quick_ratio,
        (
            _needs_positive(3, _NO_CURRENT_LIABILITIES),
            Check(lambda assets, stock, prepaid, owed: stock + prepaid > assets, _PARTS),
        ),
    ),
    Way(
        ("cash", "securities", "receivables", "current_liabilities"),
        msg("(cash + marketable securities + receivables) ÷ current liabilities"),
        lambda cash, securities, receivables, owed: formulas.ratio(cash + securities + receivables, owed),
        (_needs_positive(3, _NO_CURRENT_LIABILITIES),),
    ),
)

_LEVERAGE = (
    Way(("total_liabilities", "equity"), msg("total liabilities ÷ equity"), formulas.liabilities_to_equity),
    Way(
        ("total_liabilities", "total_assets"),
        msg("total liabilities ÷ (total assets − total liabilities)"),
        lambda owed, assets: formulas.liabilities_to_equity(owed, assets - owed),
    ),
    Way(
        ("equity", "total_assets"),
        msg("(total assets − equity) ÷ equity"),
        lambda own, assets: formulas.liabilities_to_equity(assets - own, own),
        (Check(lambda own, assets: own > assets, _OWN_OVER_ALL),),
    ),
    Way(
        ("liabilities_to_assets_percent",),
        msg("d ÷ (100 − d), d = liabilities as % of assets"),
        lambda owed: formulas.liabilities_to_equity(owed, 100.0 - owed),
    ),
    Way(
        ("equity_to_assets_percent",),
        msg("(100 − e) ÷ e, e = equity as % of assets"),
        lambda own: formulas.liabilities_to_equity(100.0 - own, own),
        (Check(lambda own: own > 100, _OVER_HUNDRED),),
    ),
)

_COVER = (
    Way(
        ("ebit", "interest_paid"),
        msg("EBIT ÷ interest paid; without interest there is nothing to cover, which is ideal"),
        formulas.interest_cover,
    ),
    Way(
        ("interest_cover_percent",),
        msg("interest cover in percent ÷ 100"),
        lambda percent: percent / 100.0,
        (Check(lambda percent: percent < 0, _AMBIGUOUS_COVER),),
    ),
)

_ALTMAN_INPUTS = ("current_assets", "current_liabilities", "retained_earnings", "ebit", "total_assets")
_ALTMAN_CHECKS = (
    _needs_positive(4, _NO_ASSETS),
    Check(lambda current, owed_soon, retained, ebit, assets, *rest: current > assets, _SHORT_OVER_ALL),
)
_ALTMAN = (
    Way(
        (*_ALTMAN_INPUTS, "equity", "total_liabilities"),
        msg(
            "6.56 × working capital ÷ total assets + 3.26 × retained earnings ÷ total assets"
            " + 6.72 × EBIT ÷ total assets + 1.05 × book equity ÷ total liabilities"
        ),
        lambda current, soon, kept, ebit, assets, own, owed: formulas.altman_z2(
            current - soon, kept, ebit, own, assets, owed
        ),
        (*_ALTMAN_CHECKS, Check(lambda *inputs: inputs[1] > inputs[6], _SHORT_DEBT_OVER_ALL)),
    ),
    Way(
        (*_ALTMAN_INPUTS, "total_liabilities"),
        msg("Z″ as published, with equity = total assets − total liabilities"),
        lambda current, soon, kept, ebit, assets, owed: formulas.altman_z2(
            current - soon, kept, ebit, assets - owed, assets, owed
        ),
        (*_ALTMAN_CHECKS, Check(lambda *inputs: inputs[1] > inputs[5], _SHORT_DEBT_OVER_ALL)),
    ),
    Way(
        (*_ALTMAN_INPUTS, "equity"),
        msg("Z″ as published, with total liabilities = total assets − equity"),
        lambda current, soon, kept, ebit, assets, own: formulas.altman_z2(
            current - soon, kept, ebit, own, assets, assets - own
        ),
        (*_ALTMAN_CHECKS, Check(lambda *inputs: inputs[5] > inputs[4], _OWN_OVER_ALL)),
    ),
)


def _headroom_way(stated_equity: bool, stated_exposure: bool) -> Way:
    own = ("equity",) if stated_equity else ("total_assets", "total_liabilities")
    exposure = ("peak_exposure",) if stated_exposure else ("monthly_purchases", "credit_months")

    def net_worth(*inputs: Floats) -> Floats:
        return inputs[0] if stated_equity else inputs[0] - inputs[1]

    def peak(*inputs: Floats) -> Floats:
        return inputs[-1] if stated_exposure else inputs[-2] * inputs[-1]

    def compute(*inputs: Floats) -> Floats:
        current, owed = inputs[len(own)], inputs[len(own) + 1]
        return formulas.credit_headroom(net_worth(*inputs), current - owed, peak(*inputs))

    formula = (
        msg("lower of 10 % of net worth and 20 % of working capital, ÷ peak exposure")
        if stated_exposure
        else msg("lower of 10 % of net worth and 20 % of working capital, ÷ (monthly purchases × credit months)")
    )
    no_exposure = Check(lambda *inputs: peak(*inputs) == 0, _NO_EXPOSURE)
    return Way((*own, "current_assets", "current_liabilities", *exposure), formula, compute, (no_exposure,))


FIXED_WAYS: Mapping[str, tuple[Way, ...]] = MappingProxyType(
    {
        "current_ratio": (_CURRENT,),
        "quick_ratio": _QUICK,
        "liabilities_to_equity": _LEVERAGE,
        "interest_cover": _COVER,
        "altman_z2": _ALTMAN,
        "dso_days": (
            Way(
                ("receivables", "sales"),
                msg("receivables ÷ sales × 365"),
                lambda open_items, sales: formulas.ratio(open_items, sales) * 365.0,
                (_needs_positive(1, _NO_SALES),),
            ),
            Way(
                ("receivables_turnover",),
                msg("365 ÷ turnover of receivables per year"),
                lambda turnover: formulas.ratio(365.0, turnover),
            ),
        ),
        "credit_headroom": tuple(_headroom_way(*stated) for stated in product((True, False), repeat=2)),
        "company_size": (
            Way(("sales", "planned_sales"), msg("sales of last year ÷ our planned sales"), formulas.ratio),
        ),
        "payment_record": (
            Way(("paydex",), msg("days beyond terms that the PAYDEX score stands for"), formulas.paydex_days),
        ),
        "field_sales_headcount": (
            Way(("sellers", "sellers_needed"), msg("sellers for our line ÷ sellers needed"), formulas.ratio),
        ),
    }
)
"""The ways whose formula depends on nothing but the columns, by criterion, best first."""
