"""The file of places is believed as a whole or not at all."""

import random
import zlib
from importlib import resources

import pytest

from newsnlp.errors import ModelFormatError
from newsnlp.gazetteer import candidates, lookup
from newsnlp.gazetteer.names import place_key
from newsnlp.gazetteer.table import DIGEST, HEADER, MAGIC, MOST_BYTES, Table, digest_of


@pytest.fixture(scope="module")
def data() -> bytes:
    return resources.files("newsnlp.gazetteer").joinpath("table", "places.bin").read_bytes()


@pytest.fixture(scope="module")
def table(data) -> Table:
    return Table(data)


def test_it_keeps_its_size(data, table):
    assert len(data) < 2_000_000
    assert table.places > 75_000
    assert table.names > 85_000


def test_every_block_is_read_and_every_place_is_found_by_its_name(table):
    random_places = random.Random(7)
    numbers = random_places.sample(range(table.places), 300)
    for number in numbers:
        _, place = table._place(number, alias=False)
        assert place in table.find(place_key(place.name))
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
    assert sum(len(table._read_places(block)[0]) for block in range(len(table._place_starts) - 1)) == table.places
    assert sum(len(table._read_names(block)[0]) for block in range(len(table._name_starts) - 1)) == table.names


def test_every_other_name_leads_to_places(table):
    for block in range(0, len(table._name_starts) - 1, 40):
        for key in table._read_names(block)[0][::50]:
            assert table.find(key), key


def test_ids_are_those_of_one_place_each(table):
    ids = [table._place(number, alias=False)[1].geonameid for number in range(0, table.places, 37)]
    known = [geonameid for geonameid in ids if geonameid is not None]
    assert len(set(known)) == len(known)


def test_areas_lead_to_their_country(table):
    for area in table.areas[1:]:
        steps, above = 0, area
        while above.level:
            assert table.areas[above.parent].level < above.level
            above, steps = table.areas[above.parent], steps + 1
        assert above.country == area.country
        assert steps <= 2


def damaged(data: bytes):
    random_bytes = random.Random(3)
    yield "empty", b""
    yield "another file", b"PK\x03\x04" + data[4:]
    yield "a newer version", data.replace(MAGIC, MAGIC[:-1] + b"\x02", 1)
    yield "longer", data + b"\x00"
    yield "too large", data + bytes(MOST_BYTES)
    for length in (1, len(MAGIC), HEADER.size, HEADER.size + DIGEST, len(data) // 2, len(data) - 1):
        yield f"cut at {length}", data[:length]
    for place in [16, 20, 30, HEADER.size, *(random_bytes.randrange(len(data)) for _ in range(40))]:
        changed = bytearray(data)
        changed[place] ^= 1 << random_bytes.randrange(8)
        yield f"byte {place}", bytes(changed)


def test_any_damage_is_refused(data):
    for told, changed in damaged(data):
        assert refused(changed), told


def test_damage_with_a_right_digest_is_an_error_too(data):
    """A file that someone else packed: whatever it says, what is raised is what a damaged file raises."""
    random_bytes = random.Random(5)
    begin = HEADER.size + DIGEST
    for _ in range(25):
        changed = bytearray(data)
        for _ in range(2000):
            changed[random_bytes.randrange(begin, len(data))] = random_bytes.randrange(256)
        changed[HEADER.size : begin] = digest_of(bytes(changed[: HEADER.size]), bytes(changed[begin:]))
        assert refused(bytes(changed), "paris", "lyon", "alep")


def refused(data: bytes, *keys: str) -> bool:
    try:
        table = Table(data)
        for key in keys:
            table.find(key)
    except (ValueError, zlib.error):
        return True
    return False


def test_a_damaged_table_of_ours_is_one_clear_error(data, monkeypatch, tmp_path):
    (tmp_path / "table").mkdir()
    (tmp_path / "table" / "places.bin").write_bytes(data[:-9])
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    lookup.load_table.cache_clear()
    try:
        with pytest.raises(ModelFormatError, match=r"^newsnlp's own places.bin is damaged \(it is cut.*\. Hint: "):
            candidates("Bécon-les-Granits")
        (tmp_path / "table" / "places.bin").unlink()
        with pytest.raises(ModelFormatError, match=r"places.bin is damaged.*Hint: "):
            candidates("Bécon-les-Granits")
    finally:
        lookup.load_table.cache_clear()
