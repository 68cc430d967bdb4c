"""The difficulties of districts' workbooks, one by one, each in a real workbook that goes through the whole pipeline.

A test that covers a case of the list is named after its number: `test_case_26_…`.
"""
