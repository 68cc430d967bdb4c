"""Why a workbook cannot be given back marked."""


class Unmarkable(Exception):
    """Something in the workbook is not understood, or what was made of it is not proved: the list goes alone."""
