"""A blank form as an office made it -> the tables of a form, with what is unsure and what cannot be expressed.

Nothing is read from it but its labels. What a label means is taken from the forms that are there; everything else is
a guess, and each guess is told with its cell.
"""

from pipeline.drafting.draft import Draft, draft_form
from pipeline.drafting.texts import tables_of

__all__ = ["Draft", "draft_form", "tables_of"]
