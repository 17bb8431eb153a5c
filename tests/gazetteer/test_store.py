"""Reading the data files: every complaint names file and line and says what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import GazetteerDataError, GazetteerError, load
from gazetteer.store import DATA

FILES = {
    "sources.csv": [
        "id,title,attribution,licence,licence_url",
        "osm,OpenStreetMap,OSM contributors,ODbL 1.0,",
        "iom-dtm,IOM DTM,IOM,free with attribution,",
    ],
    "places.csv": [
        "id,kind,name_en,name_ar,parent_id,lat,lon,radius_m,common_word,wikidata,geonames,source,"
        "confidence,note",
        "iraq,country,Iraq,العراق,,33,44,450000,0,,,osm,high,",
        "baghdad,city,Baghdad,بغداد,iraq,33.3325,44.3836,15000,0,,,osm,high,",
    ],
    "names.csv": ["place_id,lang,name,kind", "baghdad,en,Bagdad,alias"],
    "mahallas.csv": [
        "number,parent_id,lat,lon,radius_m,confidence,note",
        "733,baghdad,33.3297,44.5008,400,medium,",
    ],
}

Write = Callable[[str, list[str]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file, lines in FILES.items():
        (tmp_path / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(DATA / "generic_words.toml", tmp_path)
    return tmp_path


def add(folder: Path, file: str, line: str) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_a_sound_folder_loads(folder: Path) -> None:
    gazetteer = load(folder)
    assert list(gazetteer.places) == ["iraq", "baghdad", "mahalla-733"]
    assert [n.text for n in gazetteer.names if n.place_id == "baghdad"] == [
        "Baghdad",
        "بغداد",
        "Bagdad",
    ]
    assert gazetteer.lookup("محلة 733")[0].place.name_en == "Mahalla 733"


ROW = "x,town,X town,إكس,iraq,33,44,1000,0,,,osm,high,"


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("places.csv", ROW.replace("x,", "X y,", 1), "places.csv:4: id 'X y' is no slug"),
        ("places.csv", ROW.replace("x,", "baghdad,", 1), "is taken by places.csv:3"),
        ("places.csv", ROW.replace("x,", "mahalla-733,", 1), "mahallas.csv:2: id 'mahalla-733'"),
        ("places.csv", ROW.replace("town,", "castle,", 1), "unknown kind 'castle': use one of"),
        ("places.csv", ROW.replace("iraq", "iran"), "parent 'iran' of 'x' does not exist"),
        ("places.csv", ROW.replace("iraq", ""), "'x' has no parent"),
        ("places.csv", ROW.replace("iraq", "x"), "run in a circle (x → x)"),
        ("places.csv", ROW.replace("33", "93"), "latitude 93.0 is outside -90..90"),
        ("places.csv", ROW.replace("44", "444"), "longitude 444.0 is outside -180..180"),
        ("places.csv", ROW.replace("33", "nan"), "latitude nan is outside"),
        ("places.csv", ROW.replace("33", "north"), "lat 'north' is no number"),
        ("places.csv", ROW.replace("1000", "10"), "radius_m 10 is outside 50..500000"),
        ("places.csv", ROW.replace("1000", "1e3"), "radius_m '1e3' is no whole number"),
        ("places.csv", ROW.replace(",0,", ",no,"), "common_word 'no' must be 0 or 1"),
        ("places.csv", ROW.replace("high", "sure"), "unknown confidence 'sure'"),
        ("places.csv", ROW.replace("high", "low"), "say why in the note"),
        ("places.csv", ROW.replace("osm", "hearsay"), "unknown source 'hearsay'"),
        ("places.csv", ROW.replace("إكس", "X"), "'X' is not written in the letters of 'ar'"),
        ("places.csv", ROW.replace("X town", "مدينة"), "is not written in the letters of 'en'"),
        ("places.csv", ROW.replace("X town", ""), "is empty or has spaces around it"),
        ("places.csv", ROW.replace("إكس", "کرکوک"), "U+06A9, type ك"),
        ("places.csv", ROW + "extra,", "15 cells instead of 14"),
        ("places.csv", 'x,"open', "places.csv:4: not valid CSV"),
        ("names.csv", "basra,en,Basra,alias", "names.csv:3: place 'basra' does not exist"),
        ("names.csv", "baghdad,fr,Bagdad,alias", "unknown language 'fr': use ar or en"),
        ("names.csv", "baghdad,en,BGW,nickname", "unknown kind of name 'nickname'"),
        ("names.csv", "baghdad,en,BGW,official", "unknown kind of name 'official'"),
        ("names.csv", "baghdad,en,بغداد,alias", "not written in the letters of 'en'"),
        ("names.csv", "baghdad,ar,بَغداد,alias", "is 'بغداد' once folded: remove it"),
        ("names.csv", "baghdad,en,bagdad,alias", "is 'Bagdad' once folded: remove it"),
        ("names.csv", "baghdad,ar,بغـداد,alias", "U+0640, type nothing"),
        ("mahallas.csv", "12a,baghdad,33,44,400,high,", "number '12a' is no whole number"),
        ("mahallas.csv", "733,baghdad,33,44,400,high,", "is taken by mahallas.csv:2"),
        ("sources.csv", "osm,Again,Again,ODbL,", "source 'osm' is there twice"),
        ("sources.csv", "new,,,,", "sources.csv:4: id, title, attribution and licence"),
        ("generic_words.toml", '[[word]]\nen = ["hut"]\nkinds = ["hut"]', "unknown kind or group"),
        ("generic_words.toml", '[[word]]\nen = ["City"]\nkinds = []', "word 'City' is there twice"),
        ("generic_words.toml", "= nonsense", "generic_words.toml:1: not valid TOML"),
    ],
)
def test_a_bad_line_is_named(folder: Path, file: str, line: str, complaint: str) -> None:
    add(folder, file, line)
    with pytest.raises(GazetteerDataError) as caught:
        load(folder)
    assert complaint in str(caught.value)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    add(folder, "places.csv", ROW.replace("33", "93"))
    add(folder, "names.csv", "basra,en,Basra,alias")
    with pytest.raises(GazetteerDataError) as caught:
        load(folder)
    assert len(caught.value.problems) == 2
    assert str(caught.value).startswith("2 problems in the gazetteer's data:\n")


def test_a_longer_circle_is_found_once(folder: Path) -> None:
    add(folder, "places.csv", "a,town,A town,ألف,b,33,44,1000,0,,,osm,high,")
    add(folder, "places.csv", "b,town,B town,باء,a,33,44,1000,0,,,osm,high,")
    with pytest.raises(GazetteerDataError) as caught:
        load(folder)
    assert caught.value.problems == (
        "places.csv:4: the parents run in a circle (a → b → a): break it",
    )


@pytest.mark.parametrize("file", [*FILES, "generic_words.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(GazetteerError, match=f"{file}:1: the file is missing"):
        load(folder)


def test_a_wrong_header_is_named(folder: Path) -> None:
    (folder / "names.csv").write_text("name,place\n", encoding="utf-8")
    with pytest.raises(GazetteerDataError, match=r"names\.csv:1: the header must be place_id,lang"):
        load(folder)


def test_the_wrong_encoding_is_named_by_line(folder: Path) -> None:
    with (folder / "names.csv").open("ab") as file:
        file.write("baghdad,ar,دار السلام,alias\n".encode("cp1256"))
    with pytest.raises(GazetteerDataError, match=r"names\.csv:3: not UTF-8"):
        load(folder)


def test_a_note_over_two_lines_keeps_the_count(folder: Path) -> None:
    add(folder, "places.csv", ROW + '"a note\nover two lines"')
    add(folder, "places.csv", ROW.replace("x,", "y,", 1).replace("33", "93"))
    with pytest.raises(GazetteerDataError, match=r"places\.csv:6: latitude"):
        load(folder)
