"""The bare counterparts: hand-written SQL for one figure, and the document libraries called by hand."""

import datetime as dt
import io
import uuid
from typing import Any

from django.db import connection, models

from vanban.model import Document, Heading, Item, Paragraph, Table, plain

PLACED_POSTGRESQL = """
WITH latest AS (
    SELECT DISTINCT ON (a.device_id, a.attribute) a.device_id, a.attribute, a.value
    FROM fieldwork_answer a
    WHERE a.attribute IN ('placement', 'present') AND a.observed_on <= %(day)s AND a.replaced_at IS NULL
    ORDER BY a.device_id, a.attribute, a.observed_on DESC, a.check_record_id DESC
), device AS (
    SELECT c.unit_id, CASE WHEN bool_or(l.attribute = 'present' AND l.value = 'no') THEN 0
        ELSE max(CASE WHEN l.attribute = 'placement' THEN (l.value = 'one_stop')::int END) END AS ok
    FROM equipment_custody c
    JOIN equipment_device d ON d.id = c.device_id AND d.device_type_id = 'computer'
    LEFT JOIN latest l ON l.device_id = d.id
    WHERE d.programme_id = %(programme)s AND c.replaced_at IS NULL GROUP BY c.unit_id, d.id
)
SELECT count(*) FROM (
    SELECT unit_id FROM device GROUP BY unit_id HAVING min(ok) = 1 AND count(*) = count(ok)
) AS placed
"""
PLACED_SQLITE = """
WITH latest AS (
    SELECT device_id, attribute, value, ROW_NUMBER() OVER (
        PARTITION BY device_id, attribute ORDER BY observed_on DESC, check_record_id DESC) AS place
    FROM fieldwork_answer
    WHERE attribute IN ('placement', 'present') AND observed_on <= %(day)s AND replaced_at IS NULL
), device AS (
    SELECT c.unit_id, CASE WHEN max(l.attribute = 'present' AND l.value = 'no') THEN 0
        ELSE max(CASE WHEN l.attribute = 'placement' THEN l.value = 'one_stop' END) END AS ok
    FROM equipment_custody c
    JOIN equipment_device d ON d.id = c.device_id AND d.device_type_id = 'computer'
    LEFT JOIN latest l ON l.device_id = d.id AND l.place = 1
    WHERE d.programme_id = %(programme)s AND c.replaced_at IS NULL GROUP BY c.unit_id, d.id
)
SELECT count(*) FROM (SELECT unit_id FROM device GROUP BY unit_id HAVING min(ok) = 1 AND count(*) = count(ok))
"""


def units_placed(programme_id: uuid.UUID, day: dt.date) -> int:
    """The figure `units_placed` for every commune, by the best SQL we know for each engine."""
    sql = PLACED_POSTGRESQL if connection.vendor == "postgresql" else PLACED_SQLITE
    values = {"day": day, "programme": models.UUIDField().get_db_prep_value(programme_id, connection)}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def word_by_hand(document: Document) -> bytes:
    """The same words by python-docx, as a script by hand would: paragraphs and tables, no form of the decree."""
    import docx

    file = docx.Document()
    for line in (*document.issuer.lines, document.symbol.line, document.place_date.line, document.type_name):
        file.add_paragraph(line)
    for block in document.body:
        if isinstance(block, Table):
            table = file.add_table(rows=0, cols=len(block.columns))
            for row in block.rows:
                cells = table.add_row().cells
                for cell, runs in zip(cells, row, strict=True):
                    cell.text = plain(runs)
        else:
            file.add_paragraph(_words(block))
    for line in (*document.recipients.printed, *document.signature.authority):
        file.add_paragraph(line)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _words(block: Heading | Paragraph | Item) -> str:
    if isinstance(block, Heading):
        return f"{block.number} {plain(block.title)}"
    return plain(block.runs)


_compiler: Any = None


def typst_by_hand(document: Document) -> bytes:
    """The same words by a bare typst compile with a reused compiler: paragraphs, no form of the decree."""
    import json
    import tempfile
    from pathlib import Path

    import typst

    global _compiler  # noqa: PLW0603 (one compiler a process, as the library reuses its own)
    if _compiler is None:
        source = Path(tempfile.mkdtemp()) / "bare.typ"
        source.write_text(
            '#let lines = json(bytes(sys.inputs.at("lines")))\n'
            '#set text(font: "Liberation Serif", size: 14pt, lang: "vi")\n'
            "#set par(justify: true)\n#for line in lines [#par[#line]]\n",
            encoding="utf-8",
        )
        from vanban.pdf import FONTS

        _compiler = typst.Compiler(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True)
    lines = [plain(cell) for block in document.body if isinstance(block, Table) for row in block.rows for cell in row]
    lines += [_words(block) for block in document.body if not isinstance(block, Table)]
    return bytes(_compiler.compile(format="pdf", sys_inputs={"lines": json.dumps(lines, ensure_ascii=False)}))
