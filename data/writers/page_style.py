"""How the exported page looks on a screen and on paper."""

CSS = """
:root{color-scheme:light;--ink:#1c2530;--soft:#5a6672;--line:#d5dbe2}
body{font:15px/1.45 system-ui,"Segoe UI","Noto Sans","PingFang SC","PingFang TC","Microsoft YaHei","Microsoft JhengHei",
"Noto Sans CJK SC",sans-serif;color:var(--ink);max-width:1080px;margin:24px auto;padding:0 20px;background:#fff}
h1{font-size:26px;margin:0 0 6px}h2{font-size:19px;margin:30px 0 8px;break-after:avoid}
.place,.marks,small{color:var(--soft)}.place{margin:0}.answer{font-size:18px;margin:6px 0}.marks{margin:4px 0 10px}
.warning{font-weight:600;border-left:4px solid #d98e2b;padding-left:8px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:5px 8px;
border-bottom:1px solid var(--line);overflow-wrap:anywhere}thead th{border-bottom:2px solid var(--soft);font-size:13px}
thead{display:table-header-group}tr{break-inside:avoid}
.rank,.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.places th:nth-child(1),.places th:nth-child(3),.reasons th:nth-child(2),.why th:not(:first-child),
.criteria th:nth-child(2),.criteria th:nth-child(3),.criteria th:nth-child(4){text-align:right;white-space:nowrap}
.why th:not(:first-child){white-space:normal}small .name{display:inline}.rank{width:3.5em}
.why .number{white-space:normal}.why th{font-weight:600;font-size:12px}.why td{font-size:13px}
.name{white-space:pre-wrap;display:inline-block;max-width:26em;max-height:6em;overflow:hidden}
.ideal{font-style:italic;background:#f3f5f8}.bar{width:30%;min-width:160px}
svg.score{width:100%;height:16px;display:block}.track{fill:#edf0f4}.band{fill:#333}.mark{fill:#333}
svg.swatch{width:10px;height:10px;margin-right:6px}.near{display:inline-block;padding:0 6px}
.about th{width:11em;font-weight:600}.about td{overflow-wrap:anywhere}
@page{size:A4;margin:14mm}
@media print{body{font-size:10.5pt;max-width:none;margin:0;padding:0}h1{font-size:18pt}h2{font-size:13pt}
.name{max-height:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
