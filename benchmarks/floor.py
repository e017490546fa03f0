"""The floor of "save one answer": a bare Flask endpoint that does one raw INSERT + COMMIT, by sqlite3 at FULL or by psycopg."""

import os
import sqlite3
import threading
from typing import Any

from flask import Flask, request

_local = threading.local()


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None, timeout=15)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, attempt TEXT, position INTEGER, body TEXT)"
        )
        _local.connection = connection
    found: sqlite3.Connection = _local.connection
    return found


def bare() -> Flask:
    """The app with its one endpoint."""
    app = Flask("floor")

    @app.put("/exam/attempts/<attempt>/answers/<int:position>")
    def answer(attempt: str, position: int) -> dict[str, Any]:
        connection = _connection()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO answer (attempt, position, body) VALUES (?, ?, ?)",
            (attempt, position, request.get_data(as_text=True)),
        )
        connection.execute("COMMIT")
        return {"receipt": "0" * 32, "position": position, "seconds_left": 0}

    return app


def bare_postgresql() -> Flask:
    """The same with psycopg: one pooled connection, one INSERT, one COMMIT."""
    from psycopg_pool import ConnectionPool

    pool = ConnectionPool(os.environ["FLOOR_DATABASE"], min_size=8, max_size=40, open=True)
    with pool.connection() as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS answer (id BIGSERIAL PRIMARY KEY, attempt TEXT, position INTEGER, body TEXT)"
        )
    app = Flask("floor")

    @app.put("/exam/attempts/<attempt>/answers/<int:position>")
    def answer(attempt: str, position: int) -> dict[str, Any]:
        with pool.connection() as connection:
            connection.execute(
                "INSERT INTO answer (attempt, position, body) VALUES (%s, %s, %s)",
                (attempt, position, request.get_data(as_text=True)),
            )
        return {"receipt": "0" * 32, "position": position, "seconds_left": 0}

    return app
