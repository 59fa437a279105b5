"""Logs as JSON, one object a line, on standard error."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Set up this process's logs; called by the application's start, and only there."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=_to_the_error_output,
    )
    # The server's own access lines carry addresses as sent, and with them tracking codes.
    logging.getLogger("uvicorn.access").disabled = True


def _to_the_error_output(*_: object) -> structlog.WriteLogger:
    """Whichever it is when a line is written; a line and its end in one writing.

    Processes share one output: what is written in two pieces gets another's line in between.
    """
    return structlog.WriteLogger(sys.stderr)
