"""The raw columns that derived criteria are computed from, with the names they go by in files.

Values arrive already typed: money of one row in one currency, percents as percent points (45 for 45 %), founding years
and dates as `derived_formulas.founding_values` takes them. Yearly sales are a pattern, see `derived_headers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from criteria.text import LocalText

Quantity = Literal["money", "year", "date", "percent", "number", "count"]


@dataclass(frozen=True, slots=True)
class RawField:
    """A raw column: its *title*, the other names it goes by in files, what kind of *quantity* it holds.

    A value below *minimum* cannot be right (None: any value can) and is treated as unknown.
    """

    id: str
    title: LocalText
    aliases: tuple[str, ...]
    quantity: Quantity
    minimum: float | None = None


def _field(
    id: str, quantity: Quantity, titles: tuple[str, str, str], aliases: str = "", minimum: float | None = None
) -> RawField:
    names = tuple(name.strip() for name in aliases.split(";") if name.strip())
    return RawField(
        id, LocalText(dict(zip(("en", "zh-Hans", "zh-Hant"), titles, strict=True))), names, quantity, minimum
    )


_FIELDS = (
    _field(
        "founded",
        "date",
        ("Founded", "成立时间", "成立時間"),
        "founding year; founding date; founded in; founded year; founded on; year founded; date founded; "
        "established; year established; established in; establishment date; date of establishment; "
        "year of establishment; est.; since; incorporated; incorporation date; date of incorporation; "
        "year of incorporation; registered since; registration date; start year; in business since; 成立年份; "
        "成立日期; 成立年; 成立于; 成立於; 创立时间; 創立時間; 创立年份; 創立年份; 创办时间; 創辦時間; 设立日期; "
        "設立日期; 核准設立日期; 创建时间; 创建年份; 创立日期; 創立日期; 注册时间; 注册日期; 註冊時間; 註冊日期; "
        "開業日期; 开业日期; 开业时间; 開業時間; 创始年份; 創始年份",
    ),
    _field(
        "current_assets",
        "money",
        ("Current assets", "流动资产", "流動資產"),
        "total current assets; short-term assets; 流动资产合计; 流動資產合計; 流动资产总额; 流動資產總額; "
        "流動資產總計; 流动资产总计",
        0.0,
    ),
    _field(
        "inventory",
        "money",
        ("Inventory", "存货", "存貨"),
        "inventories; stock; stocks; total inventory; stock on hand; 库存; 庫存; 库存商品; 庫存商品; 存货净额; "
        "存貨淨額",
        0.0,
    ),
    _field(
        "prepaid",
        "money",
        ("Prepaid expenses", "预付款项", "預付款項"),
        "prepaid; prepayments; prepaids; advances to suppliers; prepaid expenses and other; 预付账款; 預付帳款; "
        "预付费用; 預付費用; 待摊费用; 待攤費用; 预付款; 預付款",
        0.0,
    ),
    _field(
        "cash",
        "money",
        ("Cash", "货币资金", "貨幣資金"),
        "cash and cash equivalents; cash & equivalents; cash and equivalents; cash at bank; 现金; 現金; "
        "现金及现金等价物; 現金及約當現金; 现金及银行存款; 現金及銀行存款",
        0.0,
    ),
    _field(
        "securities",
        "money",
        ("Marketable securities", "交易性金融资产", "有價證券"),
        "short-term investments; current investments; trading securities; 短期投资; 短期投資; 有价证券; 交易性金融資產",
        0.0,
    ),
    _field(
        "receivables",
        "money",
        ("Receivables", "应收账款", "應收帳款"),
        "accounts receivable; trade receivables; trade debtors; debtors; net receivables; a/r; 应收帐款; 應收賬款; "
        "應收账款; 应收款项; 應收款項; 应收账款净额; 應收帳款淨額",
        0.0,
    ),
    _field(
        "current_liabilities",
        "money",
        ("Current liabilities", "流动负债", "流動負債"),
        "total current liabilities; short-term liabilities; creditors due within one year; 流动负债合计; "
        "流動負債合計; 流动负债总额; 流動負債總額; 短期负债; 短期負債",
        0.0,
    ),
    _field(
        "total_liabilities",
        "money",
        ("Total liabilities", "负债合计", "負債合計"),
        "liabilities; liabilities total; 总负债; 總負債; 负债总额; 負債總額; 负债总计; 負債總計; 负债; 負債",
        0.0,
    ),
    _field(
        "total_assets",
        "money",
        ("Total assets", "资产总计", "資產總計"),
        "assets; totalAssets; balance sheet total; 总资产; 總資產; 资产总额; 資產總額; 资产合计; 資產合計",
        0.0,
    ),
    _field(
        "equity",
        "money",
        ("Equity", "所有者权益", "權益總額"),
        "total equity; shareholders' equity; shareholders equity; stockholders' equity; stockholders equity; "
        "owners' equity; net worth; net assets; book equity; 股东权益; 股東權益; 股东权益合计; 股東權益合計; "
        "所有者权益合计; 所有者權益; 所有者權益合計; 权益总额; 業主權益; 净资产; 淨資產; 净值; 淨值; 權益合計; "
        "权益合计",
    ),
    _field(
        "retained_earnings",
        "money",
        ("Retained earnings", "留存收益", "保留盈餘"),
        "accumulated profit; accumulated profits; accumulated earnings; profit reserves; 未分配利润; 未分配利潤; "
        "留存盈余; 留存收益; 留存盈餘; 未分配盈餘; 累積盈餘; 累积盈余",
    ),
    _field(
        "ebit",
        "money",
        ("EBIT", "息税前利润", "息稅前利潤"),
        "operating profit; operating income; earnings before interest and taxes; earnings before interest and tax; "
        "profit before interest and tax; PBIT; 息税前盈利; 息稅前盈餘; 营业利润; 營業利潤; 營業利益; 营业利益; "
        "經營溢利",
    ),
    _field(
        "interest_paid",
        "money",
        ("Interest paid", "利息支出", "利息支出"),
        "interest expense; interest expenses; interest charges; finance costs; interest payable; 利息费用; 利息費用; "
        "利息开支; 利息開支; 已付利息",
        0.0,
    ),
    _field(
        "sales",
        "money",
        ("Annual sales", "年销售额", "年銷售額"),
        "sales; revenue; revenues; turnover; net sales; annual revenue; annual turnover; total revenue; total sales; "
        "net revenue; sales last year; last year's sales; revenue last year; last year's revenue; sales revenue; "
        "销售额; 銷售額; 营业额; 營業額; 营业收入; 營業收入; 营收; 營收; 销售收入; 銷售收入; 主营业务收入; "
        "主營業務收入; 年营业额; 年營業額; 年营收; 年營收; 去年销售额; 去年銷售額; 上年销售额; 上年銷售額; 年收入; "
        "營業收入淨額; 营业总收入; 營業總收入",
        0.0,
    ),
    _field(
        "planned_sales",
        "money",
        ("Our planned sales", "我方计划销售额", "我方計劃銷售額"),
        "planned sales; planned annual sales; sales plan; sales target; target sales; plan volume; planned turnover; "
        "计划销售额; 計劃銷售額; 計畫銷售額; 销售计划; 銷售計劃; 销售目标; 銷售目標; 目标销售额; 目標銷售額",
        0.0,
    ),
    _field(
        "peak_exposure",
        "money",
        ("Peak exposure", "最高授信额", "最高授信額"),
        "peak credit exposure; credit exposure; exposure; expected exposure; 授信敞口; 最高赊销额; 最高賒銷額; "
        "信用敞口; 信用曝險",
        0.0,
    ),
    _field(
        "monthly_purchases",
        "money",
        ("Monthly purchases", "每月进货额", "每月進貨額"),
        "monthly purchase; purchases per month; monthly order value; 月进货额; 月進貨額; 月采购额; 月採購額; "
        "每月采购额; 每月採購額",
        0.0,
    ),
    _field(
        "credit_months",
        "number",
        ("Credit months", "账期(月)", "帳期(月)"),
        "credit period in months; payment term in months; months of credit; 账期月数; 帳期月數; 赊销月数; 賒銷月數; "
        "信用期(月)",
        0.0,
    ),
    _field(
        "liabilities_to_assets_percent",
        "percent",
        ("Liabilities to assets", "资产负债率", "資產負債率"),
        "debt ratio; debt to assets; liabilities/assets; liabilities to assets percent; total debt ratio; adratio; "
        "负债率; 負債率; 负债比率; 負債比率; 負債比; 負債占資產比率; 负债占资产比率",
        0.0,
    ),
    _field(
        "equity_to_assets_percent",
        "percent",
        ("Equity ratio", "股东权益比率", "股東權益比率"),
        "equity to assets; equity/assets; equity to assets percent; shareholders' equity ratio; sheqratio; "
        "capital ratio; 权益比率; 權益比率; 股东权益比; 股東權益比; 自有资本比率; 自有資本比率; 净资产比率",
    ),
    _field(
        "interest_cover_percent",
        "percent",
        ("Interest cover in percent", "利息支付倍数(%)", "利息支付倍數(%)"),
        "icratio; interest cover percent; interest cover %; interest coverage %; 利息支付倍数; 利息支付倍數",
    ),
    _field(
        "receivables_turnover",
        "number",
        ("Receivables turnover", "应收账款周转率", "應收帳款週轉率"),
        "accounts receivable turnover; receivable turnover; arturnover; 应收账款周转次数; 應收帳款週轉次數; "
        "應收款項週轉率",
        0.0,
    ),
    _field(
        "sales_growth_percent",
        "percent",
        ("Sales growth of the last year", "销售增长率", "銷售成長率"),
        "sales growth of last year; revenue growth; yearly sales growth; annual sales growth; annual growth; "
        "growth rate; year-on-year growth; yoy growth; sales growth %; mbrg; 营收增长率; 營收成長率; 营业收入增长率; "
        "營業收入成長率; 主营业务收入增长率; 主營業務收入增長率; 销售额增长率; 銷售額成長率; 同比增长; 年增率; "
        "銷售增長率",
        -100.0,
    ),
    _field(
        "market_growth_percent",
        "percent",
        ("Growth of its market", "所在市场增长率", "所在市場成長率"),
        "market growth; market growth %; market growth rate; category growth; industry growth; 市场增长率; "
        "市場成長率; 市場增長率; 行业增长率; 產業成長率; 行業增長率",
        -100.0,
    ),
    _field(
        "paydex",
        "number",
        ("PAYDEX", "PAYDEX 付款指数", "PAYDEX 付款指數"),
        "paydex score; d&b paydex; 邓白氏付款指数",
        0.0,
    ),
    _field(
        "sellers",
        "count",
        ("Sellers for our line", "可用业务员", "可用業務員"),
        "sellers; salespeople; sales people; sales reps; field sales staff; number of salespeople; "
        "number of sales reps; 业务员人数; 業務員人數; 业务员; 業務員; 销售人员; 銷售人員; 销售人数; 銷售人數; "
        "推销员人数",
        0.0,
    ),
    _field(
        "sellers_needed",
        "count",
        ("Sellers needed", "所需业务员", "所需業務員"),
        "needed sellers; salespeople needed; required sales reps; sellers required; 需要业务员; 需要業務員; "
        "所需销售人员; 所需銷售人員",
        0.0,
    ),
)

RAW_FIELDS: Mapping[str, RawField] = MappingProxyType({field.id: field for field in _FIELDS})
"""Every raw column by its id; yearly sales come besides, see `derived_headers`."""
