"""input/ -> Submissions: what lies there goes through the gate, into the vault, and into the register.

`receive` takes in what arrived; `tell` and `withdraw` are what a person says about it.
"""

from pipeline.receive.arrivals import Ignored, Received, receive
from pipeline.receive.told import tell, withdraw

__all__ = ["Ignored", "Received", "receive", "tell", "withdraw"]
