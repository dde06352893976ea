"""Joins between records: what came of what."""

from casa.record.reading import read

#: Lists whose entries are citable; a term is not: it keeps the code of what chose it.
CITABLE = ("meetings", "decisions", "editions", "visits", "training")


def load(loader, folder):
    known = {name.partition("/")[2]: code for name, code in loader.codes.items() if name.partition("/")[0] in CITABLE}
    for entry in read(folder, "links.yaml")["links"]:
        if entry["from"].startswith("term-"):
            continue
        # The files point from the later record to the earlier one; a Link leads from the earlier to the later.
        later, earlier = known.get(entry["from"]), known.get(entry["to"])
        if later and earlier:
            loader.put_link(f"links/{entry['key']}", earlier, later, entry["kind"])
        else:
            loader.skip(f"links/{entry['key']}", "one of its ends is not loaded")
