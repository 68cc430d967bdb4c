"""The form's columns in groups, for recipes that leave some out, add their own or move them."""

LEAD = ("seq", "lao_name", "tambon")
VILLAGES = ("villages_total", "villages_active")
HOUSEHOLDS = ("hh_total", "hh_target")
VEGETABLES = ("hh_veg", "hh_veg_pct", "hh_veg_5", "hh_veg_10", "hh_model")
STORES = ("food_store", "seed_bank", "green_area")
WASTE = ("hh_sort", "hh_wetbin", "hh_nospace", "hh_compost", "hh_bioferment", "hh_clean")
NETWORK = ("lev_members", "net_leader_och", "net_och", "net_kpsm", "net_kpst", "net_total")
DRIVE = ("visits", "incentives", "pr_items")
TEXTS = ("problem", "remark")

COUNTED = (*VILLAGES, *HOUSEHOLDS, *VEGETABLES, *STORES, *WASTE, *NETWORK, *DRIVE)
ADDED = ("seq", "+อำเภอ", "lao_name", "tambon", "+ประธานชุมชน", *COUNTED, *TEXTS)
"""A district column merged down and a column of the officer's own (cases 16 and 17)."""
BY_VILLAGE = ("seq", "lao_name", "moo", "tambon", *COUNTED, *TEXTS)
"""Rows told apart by หมู่ที่ (case 24)."""
WITHOUT_STORES = (*LEAD, *VILLAGES, *HOUSEHOLDS, *VEGETABLES, *WASTE, *NETWORK, *DRIVE, *TEXTS)
"""Optional columns left out."""
MOVED = (
    *(*LEAD, *VILLAGES, *HOUSEHOLDS, *WASTE, *VEGETABLES, *STORES),
    *(*NETWORK[1:], *DRIVE, *TEXTS),
)
"""Waste before vegetables, and the required อถล. members left out."""
