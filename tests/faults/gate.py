"""gate.py - a relay in front of the emulator that refuses connections from the n-th request on."""
import json
import os
import select
import socket
import threading


class Gate:
    """Listens on a port of its own. open(n): let n requests through (None: all), then close the door: the listener is
    shut and every connection ends, so that the next request finds nobody."""

    def __init__(self, port):
        self.inner, self.left, self.door, self.refused = port, None, None, False
        # Bound for good and never listening, or the port might be another's when the door opens again.
        self.held = socket.socket()
        self.held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.held.bind(("127.0.0.1", 0))
        self.port = self.held.getsockname()[1]

    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def key(self, path):
        """A copy of the emulator's key whose sign-in goes through the gate. Its path."""
        with open(path, encoding="utf-8") as file:
            facts = json.load(file)
        facts["token_uri"] = self.url() + facts["token_uri"][facts["token_uri"].index("/", 8):]
        copy = path + ".gate"
        with open(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(facts, file)
        return copy

    def open(self, left):
        self.shut()
        self.left, self.refused = left, left == 0
        if left == 0:
            return
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, args=(self.door,), daemon=True).start()

    def shut(self):
        if self.door:
            # Shutting down wakes the thread that waits in accept(); closing alone would not.
            self.door.shutdown(socket.SHUT_RDWR)
            self.door.close()
        self.door = None

    def _serve(self, door):
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client):
        server = socket.create_connection(("127.0.0.1", self.inner))
        with client, server:
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    try:
                        data = ready.recv(65536)
                    except OSError:
                        data = b""
                    if ready is server and self.left == 0:
                        self.refused = True
                        self.shut()
                    if not data or (ready is client and self.refused):
                        return
                    if ready is client and data.startswith((b"POST ", b"GET ")) and self.left is not None:
                        self.left -= 1
                    (server if ready is client else client).sendall(data)
                    if ready is server and self.refused and data.endswith((b"0\r\n\r\n", b"}")):
                        return
