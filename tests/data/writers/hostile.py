"""Names that attack whoever opens the file: formulas, markup, odd line ends, turned directions."""

HOSTILE_NAMES = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.invalid","x")', "\t=1+1",
    "\r=1+1", "\n=1+1", "\x00=1+1", "＝1+1", "＋1", "－1", "＠x", "﹦1+1", " =1+1", "\xa0=1", '"=1+1', "'=1+1", "''=1",
    "“=1+1”", "\u200b=1+1", "-5", "-", "=", "{=1+1}", "=1+1;2", 'a,"=1+1', "a;=1+1", "a\r=1+1", "a\r\n=1",
    "line\nbreak", "<b>bold</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "</style><script>1</script>", "</title><h1>x</h1>", "<!--", "-->", "]]>", "&amp; & &lt;",
    '" onmouseover="alert(1)', "<a href='javascript:1'>x</a>", "javascript:alert(1)",
    "[link](http://example.invalid)", "**bold**", ":red[text]", "$x^2$", "{name}", "{0.__class__}", "%(x)s %s",
    "\u202egnp.exe", "\u2066x", "e\u0301 \xe9", "Müller & Söhne", "北京经销商有限公司", "株式会社", "مرحبا", "🙂👍🏽",
    "a\x0bb\x0cc", "a\u2028b\u2029c", "_x0041_", "#N/A", "TRUE", "00123", "1e5", "2024-01-01", "'", "x" * 600,
    "%{text}", "<br>", "\\n", "\ufeffbom", "NULL", "None", "nan",
]  # fmt: skip
