"""Lists of names in files, for tests."""

from __future__ import annotations

from newsnlp.authority.names import read_authority

HEADER = "id;label;name;aliases;country;wikidata;ignore;context"


def listed(folder, *rows, header=HEADER):
    """Return the list that a file of these rows holds."""
    path = folder / "noms.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_authority(path)
