"""A bad line: a proxy between terminal and server that cuts connections after so many bytes."""

import socket
import threading
from contextlib import suppress


class Line:
    """Listens on `port` and passes everything on; `cut_up` / `cut_down`: bytes of the next connection after which it is cut, in this direction."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.cut_up: int | None = None
        self.cut_down: int | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def cut(self, *, up: int | None = None, down: int | None = None) -> None:
        """Let the next connection break there, and only that one."""
        self.cut_up, self.cut_down = up, down

    def close(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.server))
            limits, self.cut_up, self.cut_down = (self.cut_up, self.cut_down), None, None
            down = threading.Thread(target=self._pass, args=(far, near, limits[1]), daemon=True)
            up = threading.Thread(target=self._pass, args=(near, far, limits[0]), daemon=True)
            down.start()
            up.start()

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket, limit: int | None) -> None:
        """Pass bytes on until the end or the cut; a cut is an RST, as when a cable is pulled and the machine notices."""
        with suppress(OSError):
            while part := source.recv(65_536):
                if limit is not None and len(part) >= limit:
                    sink.sendall(part[:limit])
                    break
                limit = None if limit is None else limit - len(part)
                sink.sendall(part)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
