"""Reads Word files with python-docx and mammoth and says what stands in them; fails when a file lacks what every report has, or
when the two do not find the same headings."""
import re
import sys

import docx
import mammoth

for name in sys.argv[1:]:
    document = docx.Document(name)
    properties = document.core_properties
    assert properties.title and properties.author and properties.language, f"{name}: core properties are missing"
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert len(headings) >= 8, f"{name}: only {len(headings)} headings"
    with open(name, "rb") as file:
        found = re.findall(r"<h[1-6]", mammoth.convert_to_html(file).value)
    assert len(found) == len(headings), f"{name}: mammoth finds {len(found)} headings, python-docx {len(headings)}"
    assert document.tables, f"{name}: no tables"
    for table in document.tables:
        assert all(cell.paragraphs for row in table.rows for cell in row.cells), f"{name}: a cell without a paragraph"
    print(f"{name}: {len(headings)} headings, {len(document.tables)} tables, {len(document.paragraphs)} paragraphs")
