"""The server, `streamlit run app.py`: security headers, upload guard, health route; pages start in views/main.py."""

from __future__ import annotations

import logging
import uuid
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log = logging.getLogger("shortlist")

MAX_UPLOAD = 60_000_000
"""Bytes that a request may bring; the importer's own limit is lower."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class Guard(BaseHTTPMiddleware):
    """Refuse oversized requests before they are read, and add the security headers to every answer."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer *request*."""
        size = request.headers.get("content-length", "0")
        if size.isdigit() and int(size) > MAX_UPLOAD:
            response: Response = JSONResponse({"error": "The file is too large."}, status_code=413)
        else:
            response = await call_next(request)
        response.headers.update(HEADERS)
        return response


def health(request: Request) -> JSONResponse:
    """Say that the server is up."""
    return JSONResponse({"status": "ok"})


def on_script_error(error: Exception) -> bool:
    """Show one sentence and an incident number instead of a traceback; the details go to the log."""
    number = uuid.uuid4().hex[:8]
    log.error("incident %s", number, exc_info=error)
    from views.frame import show_incident

    show_incident(number)
    return True


app = st.App(
    Path(__file__).parent / "views" / "main.py",
    routes=[Route("/health", health)],
    middleware=[Middleware(Guard)],
    on_script_error=on_script_error,
)
