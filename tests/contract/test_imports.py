"""Dependencies between modules run one way, and importing the package loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "newsnlp"

# Low to high: a module may import only from strictly lower layers, or from its own part. What a room keeps apart inside
# has a line of its own; the name of the room alone is what is left of it.
LAYERS = [
    {"text.folding", "safety.isolated"},
    {"safety.escaping"},
    {"errors"},
    {"safety"},
    {"lexicons"},
    {"text"},
    {"gazetteer"},
    {"record_fields"},
    {"record_article", "record_event"},
    {"records"},
    {"record_kinds"},
    {"safety.packing", "samples", "render.labels_fr"},
    {"render"},
    {"numerals"},
    # Ages are told from counts and from dates by the same few questions about the words around them.
    {"quantities.contexts"},
    {"quantities.kinds.ages"},
    {"dates"},
    {"quantities.currency"},
    {"quantities.units", "quantities.candidates"},
    {"quantities.kinds"},
    {"quantities"},
    {"reading.page"},
    {"reading.mending"},
    {"reading.web"},
    {"reading", "language"},
    {"entities.knowledge"},
    {"authority.matching", "authority.sheets"},
    {"authority"},
    {"entities.recognition"},
    {"entities.repairs"},
    {"entities.resolution"},
    {"entities.attributes"},
    {"entities.geography"},
    {"entities"},
    {"grammar"},
    # Who says what in a sentence, and in quotation marks, before who says it in a text.
    {"quotes.words", "quotes.drafts"},
    {"quotes.sources"},
    {"quotes.sayings"},
    {"quotes.subjects", "quotes.scope"},
    {"quotes.attribution", "quotes.people"},
    {"quotes.marked"},
    {"quotes.clauses"},
    {"quotes"},
    {"figures.events"},
    {"figures.factuality"},
    {"figures.parts", "figures.places"},
    {"figures"},
    {"happenings"},
    {"topics"},
    {"topics.training"},
    {"ingest.failures", "ingest.cells", "ingest.column_names"},
    {"ingest.columns", "ingest.streams"},
    {"ingest.rows", "ingest.opened"},
    {"ingest.formats", "ingest.archives"},
    {"ingest.registry"},
    {"ingest.articles"},
    {"ingest"},
    {"extractors", "audit"},
    {"pipeline"},
    {"tables.schema"},
    {"tables.cells"},
    {"tables.formats"},
    {"tables.frames"},
    {"tables.article_rows"},
    {"counts"},
    {"tables.readers"},
    {"linking"},
    {"tables", "exports"},
    {"authority.lists"},
    {"authority.corrections"},
    {"related.arrays"},
    {"related.querying"},
    {"related.ranking"},
    {"related.storage"},
    {"related"},
    {"dossiers"},
    {"corpus"},
    {"server"},
    {"spacy_factories", "command"},
    {"cli"},
]
# Records display and export themselves: a method asks for its module only when called.
LATE = {("records", "render"), ("records", "exports"), ("records", "figures")}
# These know records only; the layers below them are higher for want of a second dimension.
RECORDS_ONLY = {
    "tables": {
        "errors",
        "safety",
        "record_fields",
        "records",
        "record_kinds",
        "lexicons",
        "text",
        "render",
        "tables",
        "counts",
        "linking",
    },
    "related": {"errors", "safety", "records", "lexicons", "text", "samples", "linking", "counts", "related"},
}


def part_of(module: str) -> str:
    """Return the part of the house that a dotted module belongs to."""
    known = sorted((name for layer in LAYERS for name in layer), key=len, reverse=True)
    inner = module.removeprefix("newsnlp").lstrip(".")
    return next((name for name in known if inner == name or inner.startswith(name + ".")), "")


def room_of(part: str) -> str:
    return part.partition(".")[0]


def imports_of(path: Path) -> set[str]:
    """Return the newsnlp modules that a file imports at run time, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("newsnlp."):
            # `from newsnlp.safety import escaping` imports that module, not its room.
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if is_module(name) else node.module for name in whole}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("newsnlp.")}
    return found


def is_module(name: str) -> bool:
    place = SOURCE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def module_name(path: Path) -> str:
    return ".".join(("newsnlp", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or path.name != "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_backward_arrow(path):
    own = part_of(module_name(path))
    assert own, f"{path} belongs to no layer: add it to LAYERS"
    height = next(i for i, layer in enumerate(LAYERS) if own in layer)
    for imported in imports_of(path):
        other = part_of(imported)
        if other == own or (own, other) in LATE:
            continue
        assert other, f"{imported} belongs to no layer"
        other_height = next(i for i, layer in enumerate(LAYERS) if other in layer)
        assert other_height < height, f"{own} imports {other}, which is not below it"
        if room_of(own) in RECORDS_ONLY:
            assert room_of(other) in RECORDS_ONLY[room_of(own)], f"{own} may know records only, not {other}"


def test_the_arrow_test_can_fail(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from newsnlp.pipeline import load\n", encoding="utf-8")
    assert imports_of(bad) == {"newsnlp.pipeline"}
    assert part_of("newsnlp.pipeline") == "pipeline"


def test_no_room_outgrows_a_reader():
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert not {room: count for room, count in rooms.items() if count > 12}


def test_no_module_outgrows_a_reader():
    long = {module_name(p): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


HEAVY = {"spacy", "pandas", "sklearn", "numpy", "scipy", "thinc", "typer", "rich"}


def test_importing_newsnlp_loads_nothing_heavy():
    code = (
        "import sys, time; start = time.process_time(); import newsnlp; cost = time.process_time() - start;"
        "newsnlp.Article(text='Bonjour.'); newsnlp.NewsnlpError;"
        "print(cost, *{name.split('.')[0] for name in sys.modules})"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(out[1:])


def test_parsing_a_numeral_loads_nothing_heavy():
    code = "import sys, newsnlp; newsnlp.parse_numeral('deux mille cinq cents'); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(out)


def test_public_names_exist_and_are_sorted():
    import newsnlp

    assert newsnlp.__all__ == sorted(newsnlp.__all__)
    for name in newsnlp.__all__:
        assert getattr(newsnlp, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = newsnlp.no_such_name
