"""Times the sync of atuin: 10,000 lines of history pushed to its own server over loopback, and pulled by another client.

    cargo install --locked atuin@18.24.4 --no-default-features --features client,sync
    cargo install --locked atuin-server@18.24.4
    python benches/beside/beside_atuin.py BIN [FOLDER]

BIN is the folder of the two programs; FOLDER is where everything lies, on the disk on which the other measures run.
A third run goes through a wire that counts its bytes.
"""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

LINES = 10_000
TIMES = 3
BIN = pathlib.Path(sys.argv[1]).resolve()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


class Wire:
    """Passes bytes on to a port and counts them."""

    def __init__(self, to):
        self.to, self.bytes, self.port = to, 0, free_port()
        listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.listen, args=(listener,), daemon=True).start()

    def listen(self, listener):
        while True:
            client, _ = listener.accept()
            there = socket.create_connection(("127.0.0.1", self.to))
            for pair in ((client, there), (there, client)):
                threading.Thread(target=self.pass_on, args=pair, daemon=True).start()

    def pass_on(self, come, go):
        try:
            while part := come.recv(65_536):
                self.bytes += len(part)
                go.sendall(part)
            go.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Client:
    """Has a home of its own."""

    def __init__(self, root, name, port):
        self.home = pathlib.Path(root, name)
        config = self.home / ".config/atuin"
        config.mkdir(parents=True)
        (config / "config.toml").write_text(
            f'sync_address = "http://127.0.0.1:{port}"\nauto_sync = false\nupdate_check = false\n[sync]\nrecords = true\n'
        )

    def run(self, *words, **more):
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.home), "ATUIN_SESSION": "0" * 32, "SHELL": "/bin/bash"}
        done = subprocess.run([BIN / "atuin", *words], env=kept | more, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"atuin {words[0]}: {done.stderr}")
        return done.stdout

    def sync(self):
        begun = time.perf_counter()
        self.run("sync")
        return time.perf_counter() - begun


def run(root, port):
    at = port if not isinstance(port, Wire) else port.port
    one, other = Client(root, "one", at), Client(root, "other", at)
    one.run("register", "-u", "person", "-e", "person@example.org", "-p", "some words")
    history = one.home / "history"
    history.write_text("".join(f"say 'Asked first, then said what I knew.' {line}\n" for line in range(LINES)))
    one.run("import", "bash", HISTFILE=str(history))
    before = port.bytes if isinstance(port, Wire) else 0
    push = one.sync()
    sent = port.bytes - before if isinstance(port, Wire) else 0
    other.run("login", "-u", "person", "-p", "some words", "-k", one.run("key").strip())
    pull = other.sync()
    return push, pull, sent


def measured(counting):
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as root:
        port = free_port()
        settings = pathlib.Path(root, "server")
        settings.mkdir()
        (settings / "server.toml").write_text(
            f'host = "127.0.0.1"\nport = {port}\nopen_registration = true\ndb_uri = "sqlite://{settings}/atuin.db"\n'
        )
        server = subprocess.Popen(
            [BIN / "atuin-server", "start"],
            env=dict(os.environ, ATUIN_CONFIG_DIR=str(settings), RUST_LOG="error"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            return run(root, Wire(port) if counting else port)
        finally:
            server.kill()
            server.wait()


runs = [measured(False) for _ in range(TIMES)]
for at, what in enumerate(("push", "pull")):
    median = sorted(run[at] for run in runs)[TIMES // 2]
    print(f"{what}: {LINES / median:.0f} lines/s, median of {TIMES}")
print(f"bytes on the wire for a line that is pushed: {measured(True)[2] / LINES:.0f}")
