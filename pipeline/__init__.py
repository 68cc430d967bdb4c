"""Consolidates the district workbooks of a reporting campaign. Start reading at `pipeline.run`."""

__version__ = "0.1.0"
