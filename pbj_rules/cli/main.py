"""The entry point of ``pbj``: dispatches a command and turns every error into words and a status."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Final, NoReturn, TextIO

from pbj_rules.cli.arguments import UsageError, parse
from pbj_rules.errors import InputError, PbjError
from pbj_rules.system import reason_of

__all__ = ["main"]

_BAD_INPUT: Final = 2
_FAILED: Final = 1
_READ_ONLY: Final = ("check",)  # never writes, so it need not say that it has not
_SHOWN: Final = 100  # problems; a file that is wrong everywhere need not fill the screen


def main(arguments: list[str] | None = None) -> int:
    """Runs ``pbj``. Returns 0 for an evaluated case, 2 for a bad input or usage, 1 for anything else."""
    _prepare_streams()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)
    ending = "; tidak ada yang ditulis"
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        ending = "" if options.command in _READ_ONLY else ending
        command = importlib.import_module(f"pbj_rules.cli.{options.command.replace('-', '_')}")
        status: int = command.run(options)
        sys.stdout.flush()
        return status
    except UsageError as error:
        return _say(f"pbj: {error}", _BAD_INPUT)
    except InputError as error:
        return _say(_problems(error, ending), _BAD_INPUT)
    except PbjError as error:
        return _say(f"pbj: {error}", _FAILED)
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not raise again at exit.
        _silence(sys.stdout)
        return _FAILED
    except KeyboardInterrupt:
        return _say("pbj: dihentikan", _FAILED)
    except OSError as error:
        _silence(sys.stdout)
        return _say(f"pbj: {_system_error(error)}", _FAILED)
    except Exception as error:  # the last guard: a user gets a sentence, never a traceback
        return _say(
            f"pbj: kesalahan dalam program ({type(error).__name__}: {error}). Laporkan beserta berkas kasusnya.",
            _FAILED,
        )


def _prepare_streams() -> None:
    """UTF-8 everywhere; a stream that was closed before we started swallows what is written to it."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it lives as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # print would fall back to stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    """Sends what is still buffered nowhere, so that it does not raise again when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    """A request to end is an interruption: what is under way is undone on the way out."""
    raise KeyboardInterrupt


def _problems(error: InputError, ending: str) -> str:
    lines = [str(problem) for problem in error.problems[:_SHOWN]]
    if len(error.problems) > _SHOWN:
        lines.append(f"… dan {len(error.problems) - _SHOWN} kesalahan lagi.")
    return "\n".join([*lines, f"{len(error.problems)} kesalahan{ending}."])


def _system_error(error: OSError) -> str:
    place = f" `{error.filename}`" if error.filename else ""
    return f"sistem menolak{place}: {reason_of(error)}"


def _say(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
