"""What is expected: the tables people edit, their types, and the pandera schemas built from them.

Nothing here imports `pipeline`; the tables beside this file can be replaced by another campaign's folder (`--schemas`).
"""
