"""Crash safety of the whole command: killed, refused and started many times over, seen from outside with strace."""
