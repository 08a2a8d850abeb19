"""Reads every xlsx file of a zip with openpyxl and prints what it sees as JSON."""

import io
import json
import sys
import zipfile

import openpyxl


def sheet_of(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    cells = [[{"value": cell.value, "type": cell.data_type} for cell in row] for row in sheet.iter_rows()]
    return {
        "sheets": book.sheetnames,
        "merged": [str(merged) for merged in sheet.merged_cells.ranges],
        "formulas": sum(cell["type"] == "f" for row in cells for cell in row),
        "blankRows": sum(all(cell["value"] is None for cell in row) for row in cells),
        "types": [[cell["type"] for cell in row] for row in cells],
        "rows": [[cell["value"] for cell in row] for row in cells],
    }


with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    json.dump({name: sheet_of(archive.read(name)) for name in archive.namelist()}, sys.stdout)
