"""Reads every sheet of an xlsx file with openpyxl and prints what it sees as JSON; amounts as their decimal text."""

import json
import sys

import openpyxl


def value_of(cell):
    return repr(cell.value) if isinstance(cell.value, float) else cell.value


formulas = openpyxl.load_workbook(sys.argv[1])
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
json.dump(
    {
        sheet.title: {
            "rows": [[value_of(cell) for cell in row] for row in values[sheet.title].iter_rows()],
            "formulas": [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"],
            "frozen": sheet.freeze_panes,
            "formats": sorted({cell.number_format for row in sheet.iter_rows() for cell in row if cell.data_type == "n"}),
        }
        for sheet in formulas.worksheets
    },
    sys.stdout,
)
