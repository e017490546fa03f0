"""The least HTTP client that can play many terminals at once, and the CPU time of a server's process tree."""

import asyncio
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class Terminal:
    """One keep-alive connection with its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.csrf: str | None = None
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """One request; status and body."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: application/json\r\nContent-Length: {len(data)}\r\n"
        if data:
            head += "Content-Type: application/json\r\n"
        if self.cookies:
            head += "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()) + "\r\n"
        if self.csrf:
            head += f"X-CSRF-Token: {self.csrf}\r\n"
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        reader, writer = self.streams
        writer.write(head.encode() + b"\r\n" + data)
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, length = int(lines[0].split()[1]), 0
        for line in lines[1:]:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _, rest = value.strip().partition("=")
                self.cookies[key] = rest.partition(";")[0]
            elif name.lower() == "content-length":
                length = int(value)
        return status, await reader.readexactly(length) if length else b""

    def close(self) -> None:
        """Drop the connection."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


def cpu_seconds(pid: int) -> float:
    """User + system seconds of a process and all its descendants, reaped children included."""
    ticks, found = os.sysconf("SC_CLK_TCK"), {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    tree, grown = {pid}, True
    while grown:
        more = {child for child, (parent, _) in found.items() if parent in tree} - tree
        tree, grown = tree | more, bool(more)
    return sum(found[child][1] for child in tree if child in found) / ticks


@dataclass(frozen=True)
class Figures:
    """What a burst of requests cost."""

    requests: int
    errors: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float


async def burst(pid: int, calls: Sequence[Any]) -> Figures:
    """Run all calls at once (each returns rows of (seconds, status)) and add up what they cost the server."""
    cpu, begun = cpu_seconds(pid), time.perf_counter()
    rows = [row for rows in await asyncio.gather(*calls) for row in rows]
    took, used = time.perf_counter() - begun, cpu_seconds(pid) - cpu
    times = sorted(seconds * 1000 for seconds, _ in rows)
    errors = sum(status not in (200, 204) for _, status in rows)

    def at(share: float) -> float:
        return times[min(len(times) - 1, int(share * len(times)))]

    return Figures(len(rows), errors, len(rows) / took, at(0.5), at(0.95), at(0.99), 1000 * used / len(rows))
