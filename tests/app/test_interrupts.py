"""Ctrl-C in a process of its own: pressed twice, and where Python would lose it."""

import subprocess
import sys
import textwrap

BEGIN = """
import os, signal, time
from app.interrupts import hear_interrupts

def press():
    os.kill(os.getpid(), signal.SIGINT)

hear_interrupts()
"""


def ends(program: str) -> tuple[str, str]:
    """What a program that hears Ctrl-C as we do says on stdout and on stderr."""
    program = BEGIN + textwrap.dedent(program)
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=110, check=False
    )
    return ended.stdout, ended.stderr


def test_an_interrupt_that_falls_into_a_finalizer_is_heard_after_it():
    program = """
        class Ended:
            def __del__(self):
                press()
                time.sleep(0)

        try:
            Ended()
            time.sleep(600)
            print("never heard")
        except KeyboardInterrupt:
            print("heard")
    """

    assert ends(program) == ("heard\n", "")


def test_a_second_press_does_not_break_into_the_ending_of_the_first():
    program = """
        try:
            press()
            time.sleep(600)
        except KeyboardInterrupt:
            for _ in range(20):
                press()
                time.sleep(0.01)
            print("ended whole")
    """

    assert ends(program) == ("ended whole\n", "")


def test_an_error_lost_in_a_finalizer_is_still_told():
    program = """
        class Ended:
            def __del__(self):
                raise ValueError("told")

        Ended()
    """

    said, told = ends(program)

    assert said == ""
    assert "ValueError: told" in told
