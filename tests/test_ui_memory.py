"""Memory of a server that goes on for long."""

import subprocess
import sys

import pytest

POOLS = """
import ctypes, sys, threading
from ui.memory import keep_flat
if sys.argv[1] == "flat":
    keep_flat()
together = threading.Barrier(12)
def work():
    held = [bytearray(1000) for _ in range(1000)]
    together.wait()
    return held
threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads: one.start()
for one in threads: one.join()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the pools are those of GNU's C library")
def test_threads_share_a_few_pools_of_memory():
    def pools(how):
        done = subprocess.run([sys.executable, "-c", POOLS, how], capture_output=True, text=True, timeout=60)
        if "malloc_stats" in done.stderr:
            pytest.skip("this C library does not say how many pools it has")
        assert done.returncode == 0, done.stderr
        return done.stderr.count("Arena ")

    assert pools("flat") <= 2 < pools("usual")
