"""Bytes -> text. The names are invented."""

import random
from pathlib import Path

import pytest

from data.readers.encoding import decode
from data.readers.notes import Notices, Refusal
from tests.data.readers.build import parsed

SIMPLIFIED = (
    "名称,城市,年限,备注",
    "鼎恒泰海润达新科康瑞丰宏远祥盛源通汇诚嘉禾",
    ["贸易有限公司", "医药有限公司"],
    "上海 广州 成都 沈阳",
)
TRADITIONAL = (
    "名稱,城市,年資,備註",
    "鼎恆泰海潤達新康瑞豐宏遠祥盛源通匯誠嘉禾",
    ["貿易有限公司", "實業有限公司"],
    "台北 高雄 新竹 香港",
)
JAPANESE = (
    "名称,都市,年数,備考",
    "東西山田中村鈴木高橋光和栄昭富士協同",
    ["商事株式会社", "販売", "トレーディング"],
    "東京 大阪 札幌",
)
KOREAN = ("이름,도시,연수,비고", "한국동부남양대성화미래우리태평", ["무역", "상사", "유통 주식회사"], "서울 부산 대구")
FRENCH = (
    "Société,Ville,Années,Remarque",
    ["Négoce Dupré", "Électronique Façon", "Hôtelière"],
    [" SA"],
    "Besançon Genève Nîmes",
)
GERMAN = ("Name,Stadt,Jahre,Größe", ["Müller", "Schäfer Söhne", "Weiß"], [" Großhandel"], "München Köln Nürnberg")
POLISH = ("Nazwa,Miasto,Lata,Uwagi", ["Spółka Żółw", "Święta Łąka", "Gdańsk Hurt"], [" Łódź"], "Kraków Łódź Poznań")
CZECH = ("Název,Město,Roky,Poznámka", ["Dvořák Zboží", "Žďár Říha", "Příbram"], [" obchod"], "Plzeň Brno Břeclav")
RUSSIAN = ("Название,Город,Годы,Примечание", ["Северный Ветер", "Компания Восток"], [" ООО"], "Москва Казань Самара")

OLD = [
    (SIMPLIFIED, "gb18030", "GB18030"),
    (SIMPLIFIED, "gbk", "GB18030"),
    (TRADITIONAL, "cp950", "Big5"),
    (TRADITIONAL, "gb18030", "GB18030"),
    (JAPANESE, "cp932", "Shift-JIS"),
    (JAPANESE, "euc_jp", "EUC-JP"),
    (KOREAN, "cp949", "EUC-KR"),
    (FRENCH, "cp1252", "Windows-1252"),
    (FRENCH, "latin-1", "Windows-1252"),
    (GERMAN, "cp1252", "Windows-1252"),
    (POLISH, "cp1250", "Windows-1250"),
    (CZECH, "cp1250", "Windows-1250"),
    (RUSSIAN, "cp1251", "Windows-1251"),
]


def table(recipe: tuple, rows: int, seed: int) -> str:
    """Return an invented table of names and towns."""
    header, parts, endings, towns = recipe
    draw = random.Random(seed)  # noqa: S311 - invented names, no secrets
    lines = [header]
    for _ in range(rows):
        name = draw.choice(parts) if isinstance(parts, list) else "".join(draw.sample(parts, draw.choice([2, 3])))
        lines.append(f"{name}{draw.choice(endings)},{draw.choice(towns.split())},{draw.randint(1, 40)},")
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(("recipe", "codec", "name"), OLD, ids=[f"{codec}-{i}" for i, (_, codec, _n) in enumerate(OLD)])
@pytest.mark.parametrize("rows", [1, 3, 10])
def test_short_tables_in_old_encodings_are_read_right_and_say_so(
    recipe: tuple, codec: str, name: str, rows: int
) -> None:
    """Twenty invented tables of each size come back letter by letter, each with a warning that names the encoding."""
    for seed in range(20):
        text = table(recipe, rows, seed)
        notices = Notices(50)
        decoded = decode(text.encode(codec), notices)
        assert (decoded.text, decoded.encoding) == (text, name)
        assert [(severity, note.parameters["name"]) for severity, _, _, note in notices.found] == [("warning", name)]


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
@pytest.mark.parametrize("recipe", [SIMPLIFIED, JAPANESE, FRENCH])
def test_unicode_needs_no_guess_and_no_warning(recipe: tuple, codec: str, name: str) -> None:
    """With and without a byte order mark."""
    text = table(recipe, 10, 1)
    notices = Notices(50)
    decoded = decode(text.encode(codec), notices)
    assert (decoded.text, decoded.encoding, notices.found) == (text, name, [])


def test_a_stray_byte_costs_one_cell_and_is_an_error_with_its_line(tmp_path: Path) -> None:
    """One row pasted from an old program does not turn the whole sheet into another encoding."""
    read = parsed(tmp_path, "id,name\n1,Café\n2,Müller é\n3,".encode() + b"Caf\xe9\n" + "4,Zoë\n".encode())
    assert [row[1] for row in read.rows] == ["Café", "Müller é", "Caf\ufffd", "Zoë"]
    assert [(p[0], p[1], p[2]) for p in read.problems] == [("error", 4, "name")]


def test_letters_garbled_before_are_kept_and_pointed_out(tmp_path: Path) -> None:
    """UTF-8 that was once read as Windows-1252 is not repaired behind anybody's back."""
    read = parsed(tmp_path, "id,name\n1,Plain\n2,CafÃ©\n")
    assert read.rows[1] == ("2", "CafÃ©")
    assert [(p[0], p[1]) for p in read.problems] == [("warning", 3)]


@pytest.mark.parametrize("text", ["Ångström", "Pâté", "naïve", "Âge", "Цæгат Ир", "São João", "â la carte"])
def test_ordinary_accents_are_not_taken_for_garbled_letters(text: str) -> None:
    """The warning is for two-letter debris only."""
    notices = Notices(50)
    decode(text.encode(), notices)
    assert notices.found == []


def test_one_lonely_sign_is_read_as_windows_text(tmp_path: Path) -> None:
    """A pound sign is no reason to refuse a sheet."""
    assert parsed(tmp_path, b"id,price,note\n1,\xa35,half \xbd of everything in this row\n").rows[0][1] == "£5"


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_refused(seed: int) -> None:
    """Random bytes are no table in any encoding."""
    noise = random.Random(seed).randbytes(5_000)  # noqa: S311 - noise, no secrets
    with pytest.raises(Refusal):
        decode(noise, Notices(5))
