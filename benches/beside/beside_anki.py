"""Times the sync of Anki: 10,000 notes pushed to its own server over loopback, and pulled into another collection.

    pip install anki==26.9.3
    python benches/beside/beside_anki.py [FOLDER]

Both collections were brought in step while they were empty, so that what is timed is its ordinary sync. FOLDER is where the
collections lie; it should be on the disk on which the other measures run.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time

from anki.collection import AddNoteRequest, Collection

NOTES = 10_000
TIMES = 3


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


def joined(path, url, upload):
    """Opens a collection that has been synced whole once."""
    collection = Collection(path)
    auth = collection.sync_login("person", "words", url)
    first = collection.sync_collection(auth, False)
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=first.server_media_usn, upload=upload)
    collection.reopen(after_full_sync=True)
    return collection, auth


def timed(collection, auth):
    begun = time.perf_counter()
    collection.sync_collection(auth, False)
    return time.perf_counter() - begun


def run(root, port):
    url = f"http://127.0.0.1:{port}/"
    one, auth = joined(f"{root}/one.anki2", url, True)
    other, other_auth = joined(f"{root}/other.anki2", url, False)
    kind, deck = one.models.by_name("Basic"), one.decks.id("Default")
    requests = []
    for number in range(NOTES):
        note = one.new_note(kind)
        note["Front"], note["Back"] = f"Asked first, {number}", "then said what I knew."
        requests.append(AddNoteRequest(note=note, deck_id=deck))
    one.add_notes(requests)
    push, pull = timed(one, auth), timed(other, other_auth)
    assert other.note_count() == NOTES
    return push, pull


def measured():
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as root:
        port = free_port()
        words = {"SYNC_USER1": "person:words", "SYNC_BASE": f"{root}/base", "SYNC_HOST": "127.0.0.1"}
        server = subprocess.Popen(
            [sys.executable, "-m", "anki.syncserver"],
            env=dict(os.environ, SYNC_PORT=str(port), RUST_LOG="error", **words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            return run(root, port)
        finally:
            server.kill()
            server.wait()


runs = [measured() for _ in range(TIMES)]
for at, what in enumerate(("push", "pull")):
    median = sorted(run[at] for run in runs)[TIMES // 2]
    print(f"{what}: {NOTES / median:.0f} notes/s, median of {TIMES}")
