"""What Typer itself says, in Indonesian; it offers no translation of its own."""

import re
from collections.abc import Sequence
from typing import Any

from typer._click import exceptions

HELP_OPTION = "Tampilkan penjelasan ini."

_PLACEHOLDERS = {
    "ARGUMENTS_PANEL_TITLE": "Isian",
    "OPTIONS_PANEL_TITLE": "Pilihan",
    "COMMANDS_PANEL_TITLE": "Perintah",
    "DEFAULT_STRING": "[bila tidak disebut: {}]",
    "REQUIRED_LONG_STRING": "[wajib]",
}
_SENTENCES = (
    (r"No such command '(.+)'\.", r"perintah '\1' tidak ada"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"kelebihan isian: \1"),
    (r"Option '?(\S+?)'? requires an argument\.?", r"\1 perlu isi"),
    (r"Option '?(\S+?)'? does not take a value\.?", r"\1 tidak menerima isi"),
    (r"Input should be less than or equal to (.+?)\.?", r"paling banyak \1"),
    (r"Input should be greater than or equal to (.+?)\.?", r"paling sedikit \1"),
    (r"Input should be a valid integer.*", "harus bilangan bulat"),
    (r"Input should be (.+?) or (.+?)\.?", r"pilihannya \1 atau \2"),
    (r"(.+) is not one of (.+)\.", r"\1 bukan salah satu dari \2"),
)


def asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether a help page is about to be shown: asked for, or for want of a command."""
    return "--help" in arguments or len(arguments) < 2


def speak_indonesian() -> None:
    """Headings and marks of the help pages; read where a page is about to be shown."""
    from typer import rich_utils

    for name, words in _PLACEHOLDERS.items():
        setattr(rich_utils, name, words)


def explained(command: Any, context: Any) -> Any:  # noqa: ANN401 - Typer keeps its types private
    """The command, whose `--help` says what it does in Indonesian."""
    option = command.get_help_option(context) if command is not None else None
    if option is not None:
        option.help = HELP_OPTION
    return command


def wrong_usage(error: exceptions.UsageError) -> str:
    """What was written wrongly, and where the right way is told; empty after a help page."""
    if isinstance(error, exceptions.NoArgsIsHelpError):
        return ""
    asked = error.ctx.command_path if error.ctx is not None else "peta"
    return f"Salah tulis: {_fault(error)}.\nCara menulisnya: {asked} --help"


def _fault(error: exceptions.UsageError) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        near = f"; mungkin {', '.join(sorted(error.possibilities))}" if error.possibilities else ""
        return f"pilihan {error.option_name} tidak ada{near}"
    if isinstance(error, exceptions.MissingParameter):
        return f"{_hint(error)} belum diisi"
    if isinstance(error, exceptions.BadParameter):
        return f"{_hint(error)}: {_translated(error.message)}"
    return _translated(error.message)


def _hint(error: exceptions.BadParameter) -> str:
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint()
    return hint if isinstance(hint, str) else " / ".join(hint or ["isian"])


def _translated(sentence: str) -> str:
    sentence = sentence.removeprefix("Value error, ")
    for english, indonesian in _SENTENCES:
        found = re.fullmatch(english, sentence, re.DOTALL)
        if found:
            return found.expand(indonesian)
    return sentence.rstrip(".")
