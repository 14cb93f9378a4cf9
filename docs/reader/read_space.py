"""Reads a space that Vice Versa exported with its keys, and checks everything in it that can be checked.

It was written from docs/protocol.md alone, section "An exported space", and shares no line with the program. It opens every
record, checks every chain, signature and hash, merges the objects by the rules of that document, and prints them as JSON. One
wrong byte anywhere ends it with a sentence and the exit code 1.

    python3 -m venv reader && reader/bin/pip install -r docs/reader/requirements.txt
    reader/bin/python docs/reader/read_space.py FOLDER [--files FOLDER]

What it does not do: it takes the word of the exporting program for which records do not count because their author did not
belong any more (`left_out`), and does not resolve memberships itself.
"""

import argparse
import json
import pathlib
import re
import struct
import sys

from blake3 import blake3
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pycrdt import Doc, Text

CONTROL, CONTENT, PROCESS = 0, 1, 2
CREATE, ERASE, FEED_OPEN, CHANGE = 1, 6, 10, 13
SPACE_GENESIS, EPOCH, SPACE_NAME, MEMBER_NAME = 16, 17, 26, 27
ACCOUNT_GENESIS, DEVICE_ADD, DEVICE_REVOKE, ENC_ROTATE, RECOVER = 32, 33, 34, 35, 36
MAX_RECORD, MAX_FILE = 262_144, 32 * 1024 * 1024
CHUNK = 1_048_576
LATEST_MS = 7_289_654_400_000
KINDS = {1: "profile", 2: "entry", 3: "attachment", 4: "device", 14: "shared space"}


class Damaged(Exception):
    """Says what does not hold."""


def must(holds, what):
    if not holds:
        raise Damaged(what)


# --- Primitives -------------------------------------------------------------------------------------------------------


def le(number, size):
    return number.to_bytes(size, "little")


def frame(parts):
    return b"".join(le(len(part), 8) + part for part in parts)


def plain_hash(data):
    return blake3(data).digest()


def context_hash(context, *parts):
    return blake3(frame(parts), derive_key_context="vice-versa hash " + context).digest()


def derive(context, key, salt=b""):
    return blake3(key + salt, derive_key_context="vice-versa key " + context).digest()


def verify(public, signature, context, *parts):
    message = frame([b"vice-versa sign " + context.encode(), *parts])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def hchacha(key, nonce):
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))
    rounds = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    rounds += [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for _ in range(10):
        for a, b, c, d in rounds:
            for into, add, turned, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[into] = (state[into] + state[add]) & 0xFFFFFFFF
                mixed = state[turned] ^ state[into]
                state[turned] = (mixed << by | mixed >> (32 - by)) & 0xFFFFFFFF
    return struct.pack("<8I", *state[:4], *state[12:])


def unseal(key, nonce, bound, sealed, what):
    try:
        return ChaCha20Poly1305(hchacha(key, nonce[:16])).decrypt(bytes(4) + nonce[16:], sealed, bound)
    except InvalidTag:
        raise Damaged(f"{what} does not open") from None


def epoch_id(key, space):
    return context_hash("epoch-id/v1", derive("epoch-id/v1", key), space)


# --- CBOR, in its one deterministic encoding --------------------------------------------------------------------------


class Tagless:
    """Reads CBOR from left to right and refuses whatever is not the shortest form."""

    def __init__(self, data, what):
        self.data, self.at, self.what = data, 0, what

    def take(self, count):
        must(self.at + count <= len(self.data), f"{self.what} breaks off")
        self.at += count
        return self.data[self.at - count : self.at]

    def value(self, depth=0):
        must(depth < 32, f"{self.what} is nested too deeply")
        first = self.take(1)[0]
        major, short = first >> 5, first & 31
        if major == 7:
            must(short in (20, 21, 22), f"{self.what} holds a value of no known sort")
            return {20: False, 21: True, 22: None}[short]
        must(short < 28, f"{self.what} has a length of no known sort")
        number = short if short < 24 else int.from_bytes(self.take(1 << (short - 24)), "big")
        least = [24, 1 << 8, 1 << 16, 1 << 32]
        must(short < 24 or number >= least[short - 24], f"{self.what} has a number that could be shorter")
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            return self.take(number).decode()
        must(number <= len(self.data), f"{self.what} claims more than it holds")
        if major == 4:
            return [self.value(depth + 1) for _ in range(number)]
        must(major == 5, f"{self.what} holds a value of no known sort")
        keys, found = [], {}
        for _ in range(number):
            start = self.at
            key = self.value(depth + 1)
            encoded = self.data[start : self.at]
            must(not keys or keys[-1] < encoded, f"{self.what} has keys in another order")
            keys.append(encoded)
            found[key] = self.value(depth + 1)
        return found


def uncbor(data, what):
    reader = Tagless(data, what)
    found = reader.value()
    must(reader.at == len(data), f"{what} goes on after its end")
    return found


def cbor_prefix(data, what):
    """Reads one value and gives what follows it too."""
    reader = Tagless(data, what)
    return reader.value(), data[: reader.at], data[reader.at :]


def is_bytes(value, length):
    return isinstance(value, bytes) and len(value) == length


def is_number(value, below=2**64):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < below


# --- Records ----------------------------------------------------------------------------------------------------------


def padded(length):
    if length <= 256:
        return 256
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (length + step - 1) // step * step


def unpad(content, what):
    must(len(content) >= 4, f"{what} is too short")
    length = int.from_bytes(content[-4:], "little")
    must(length + 4 <= len(content), f"{what} says that it is longer than it is")
    must(padded(length + 4) == len(content), f"{what} is padded to another length than its own")
    must(not any(content[length:-4]), f"{what} is padded with something")
    return content[:length]


class Record:
    """A record as it lies in a file: its header, and what is sealed or left."""

    def __init__(self, raw, what):
        must(len(raw) <= MAX_RECORD, f"{what} is too long")
        fields, self.header, self.sealed = cbor_prefix(raw, f"the header of {what}")
        must(isinstance(fields, list) and len(fields) == 8 and fields[0] == 1, f"{what} has a header of no known version")
        _, self.space, self.stream, self.feed, self.seq, self.prev, self.epoch, self.nonce = fields
        sound = is_bytes(self.space, 16) and is_number(self.stream, 2**32) and is_bytes(self.feed, 16)
        sound = sound and is_number(self.seq, 2**63) and self.seq > 0 and is_bytes(self.prev, 32)
        must(sound and is_bytes(self.epoch, 32) and is_bytes(self.nonce, 24), f"{what} has a header that is none")
        self.is_stub = len(self.sealed) == 32
        must(self.is_stub or len(self.sealed) >= 272, f"{what} is neither whole nor a stub")
        self.rest_hash = self.sealed if self.is_stub else plain_hash(self.sealed)
        self.hash = context_hash("rec-hash/v1", self.header, self.rest_hash)

    def open(self, key, feed_key, what):
        """Opens it and checks its signature; gives what is inside."""
        must(len(self.sealed) - 16 == padded(len(self.sealed) - 16), f"{what} has a length that no padding has")
        content = unseal(derive("record/v1", key, le(self.stream, 4)), self.nonce, self.header, self.sealed, what)
        content = unpad(content, what)
        must(len(content) > 64, f"{what} is too short")
        inner, signature = content[:-64], content[-64:]
        must(
            verify(feed_key, signature, "rec/v1", plain_hash(self.header), plain_hash(inner)),
            f"the signature of {what} is not by its feed",
        )
        return Inner(uncbor(inner, f"the inside of {what}"), what)


class Inner:
    def __init__(self, fields, what):
        must(isinstance(fields, dict) and all(key in fields for key in range(7)), f"{what} lacks something inside")
        self.type, self.version, self.time, self.object, self.body = (fields[key] for key in range(5))
        sound = is_number(self.type) and is_number(self.version) and is_number(self.time)
        sound = sound and is_bytes(self.object, 16) and isinstance(self.body, bytes)
        must(sound and is_bytes(fields[5], 16) and is_bytes(fields[6], 16), f"{what} has an inside that is none")
        must(self.time >> 16 < LATEST_MS, f"{what} is of the year 2201 or later")
        self.heads = fields.get(8, [])


# --- The folder -------------------------------------------------------------------------------------------------------


class Feed:
    """All that the folder has of one feed."""

    def __init__(self, line):
        self.space, self.feed = bytes.fromhex(line["space"]), bytes.fromhex(line["feed"])
        self.stream, self.last, self.hash = line["stream"], line["last"], bytes.fromhex(line["hash"])
        self.missing = [tuple(pair) for pair in line["missing"]]
        self.left_out = [tuple(pair) for pair in line["left_out"]]
        self.key, self.records, self.inners = None, [], {}
        self.name = f"feed {line['feed'][:8]} in stream {self.stream}"

    def counts(self, seq):
        return not any(first <= seq <= last for first, last in self.left_out)

    def check_chain(self):
        """Checks that the records follow one another up to what the keys file says, and that nothing else is missing."""
        self.records.sort(key=lambda record: record.seq)
        must(self.key is not None or self.last == 0, f"{self.name} has no records, and should have {self.last}")
        after, before = 0, bytes(32)
        gaps = dict(self.missing)
        for record in self.records:
            if record.seq != after + 1:
                must(gaps.pop(after + 1, None) == record.seq - 1, f"{self.name} lacks record {after + 1}")
            else:
                must(record.prev == before, f"record {record.seq} of {self.name} does not follow the one before it")
            after, before = record.seq, record.hash
        if after != self.last:
            must(gaps.pop(after + 1, None) == self.last, f"{self.name} ends at record {after}, and should at {self.last}")
        else:
            must(before == self.hash, f"the last record of {self.name} is another one than was exported")
        must(not gaps, f"{self.name} has records that should be missing")


class Folder:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        try:
            keys = json.loads((self.path / "keys.json").read_text("utf-8"))
        except (OSError, ValueError):
            raise Damaged("there is no file of keys, or it is damaged") from None
        must(keys.get("format") == "vice-versa-space", "this is not the folder of an exported space")
        must(keys["version"] == 1, "a newer version has written this folder")
        self.space, self.kind = bytes.fromhex(keys["space"]), keys["kind"]
        self.stream_keys = {}
        for line in keys["epochs"]:
            self.take_epoch(line)
        self.accounts = {}
        for line in keys["accounts"]:
            account, key = bytes.fromhex(line["account"]), bytes.fromhex(line["log_key"])
            self.accounts[account] = key
            self.stream_keys[account[:16], CONTROL, epoch_id(key, account[:16])] = key
        self.feeds = {}
        for line in keys["feeds"]:
            feed = Feed(line)
            self.feeds[feed.space, feed.stream, feed.feed] = feed
        self.chunks = set(keys["chunks"])
        self.read_records()
        for feed in self.feeds.values():
            feed.check_chain()

    def take_epoch(self, line):
        found = {name: bytes.fromhex(line[name]) for name in ("content", "control", "process") if line[name]}
        for name, stream, stated in (("content", CONTENT, "epoch"), ("control", CONTROL, "control_id")):
            if name in found:
                known = epoch_id(found[name], self.space)
                must(known.hex() == line[stated], f"the {name} key of epoch {line['epoch'][:8]} is another one's")
                self.stream_keys[self.space, stream, known] = found[name]
        if "process" in found:
            self.stream_keys[self.space, PROCESS, epoch_id(found["process"], self.space)] = found["process"]

    def read_records(self):
        for path in sorted(self.path.glob("*/*.records")):
            data = path.read_bytes()
            what = path.name
            must(len(data) <= MAX_FILE, f"{what} is too long")
            magic = b"vv-records\r\n\x1a" + le(1, 4)
            must(data.startswith(magic), f"{what} is no file of records, or of a newer version")
            body, hashed = data[:-32], data[-32:]
            must(context_hash("records-file/v1", body) == hashed, f"{what} is damaged or breaks off")
            at = len(magic)
            space, stream, key = body[at : at + 16], int.from_bytes(body[at + 16 : at + 20], "little"), body[at + 20 : at + 52]
            feed = self.feeds.get((space, stream, context_hash("feed/v1", key)[:16]))
            must(feed is not None, f"{what} is of a feed that was not exported")
            feed.key, at = key, at + 52
            while True:
                length = int.from_bytes(body[at : at + 4], "little")
                must(at + 4 + length <= len(body), f"{what} breaks off")
                if length == 0:
                    break
                record = Record(body[at + 4 : at + 4 + length], f"a record in {what}")
                must((record.space, record.stream, record.feed) == (feed.space, feed.stream, feed.feed), f"{what} holds a record of another feed")
                feed.records.append(record)
                at += 4 + length
            must(at + 4 == len(body), f"{what} goes on after its end")


# --- Who wrote --------------------------------------------------------------------------------------------------------


class Accounts:
    """The devices of the accounts, by the operation that added them."""

    def __init__(self, folder):
        self.devices = {}
        for account in folder.accounts:
            self.read(folder, account)

    def read(self, folder, account):
        ops, root = [], None
        for feed in folder.feeds.values():
            if feed.space == account[:16]:
                open_feed(folder, feed)
                ops += [inner for inner in feed.inners.values() if inner.type in range(32, 37)]
        signed = []
        for inner in ops:
            what = f"an operation of account {account.hex()[:8]}"
            parts = uncbor(inner.body, what)
            must(isinstance(parts, list) and len(parts) == 3, f"{what} has another form")
            op, signer, signature = parts
            must(verify(signer, signature, "acct-op/v1", account, le(inner.type, 8), op), f"{what} is not by its signer")
            fields = uncbor(op, what)
            signed.append((inner.type, op, fields, signer, what))
            if inner.type == ACCOUNT_GENESIS:
                must(context_hash("acct/v1", op) == account, f"the genesis of account {account.hex()[:8]} is another one's")
                must(signer == fields[1], f"{what} is not by its root")
                root = signer
        must(root is not None, f"account {account.hex()[:8]} has no genesis")
        members = set()
        for kind, op, fields, _, what in signed:
            if kind in (ACCOUNT_GENESIS, DEVICE_ADD, RECOVER):
                keys = fields[3] if kind == ACCOUNT_GENESIS else fields[2]
                if kind != ACCOUNT_GENESIS:
                    must(verify(keys[0], fields[3], "device-proof/v1", account, *keys), f"{what} adds a device that did not agree")
                self.devices[context_hash("acct-op/v1", op)] = (account, keys[0])
                members.add(keys[0])
        for kind, _, _, signer, what in signed:
            by_root = kind in (ACCOUNT_GENESIS, RECOVER)
            must(signer == root if by_root else signer in members, f"{what} is signed by somebody else")


def open_feed(folder, feed):
    """Opens all records of a feed."""
    for record in feed.records:
        if record.is_stub:
            continue
        what = f"record {record.seq} of {feed.name}"
        key = folder.stream_keys.get((record.space, record.stream, record.epoch))
        must(key is not None, f"there is no key for {what}")
        feed.inners[record.seq] = record.open(key, feed.key, what)


def check_feed_open(folder, accounts, feed):
    """Checks by which device a feed was begun; gives its account."""
    if not feed.records or feed.records[0].seq != 1:
        return None
    first = feed.inners.get(1)
    must(first is not None and first.type == FEED_OPEN, f"{feed.name} does not begin by saying whose it is")
    fields = uncbor(first.body, f"the beginning of {feed.name}")
    must(isinstance(fields, list) and len(fields) == 5 and fields[0] == 1, f"{feed.name} begins in no known way")
    _, key, certificate, incarnation, signature = fields
    must(key == feed.key and first.object == feed.feed, f"{feed.name} begins as another feed")
    must(certificate in accounts.devices, f"nobody knows the device behind {feed.name}")
    account, device = accounts.devices[certificate]
    sound = verify(device, signature, "feed-open/v1", feed.space, le(feed.stream, 4), key, certificate, le(incarnation, 8))
    must(sound, f"{feed.name} was not begun by the device that it names")
    return account


# --- Objects ----------------------------------------------------------------------------------------------------------


class Thing:
    def __init__(self):
        self.created, self.kind, self.erased = None, None, False
        self.fields, self.added, self.removed, self.updates = {}, {}, set(), {}

    def merge(self, order, ops, what):
        for op in ops:
            must(isinstance(op, list) and op, f"{what} holds an operation that is none")
            if op[0] == 1 and len(op) == 2:
                if self.created is None or order < self.created:
                    self.created, self.kind = order, op[1]
            elif op[0] == 2 and len(op) == 3:
                known = self.fields.get(op[1])
                # Within one record the later operation holds.
                if known is None or order >= known[0]:
                    self.fields[op[1]] = (order, op[2])
            elif op[0] == 3 and len(op) == 4:
                self.added[op[1], op[3]] = op[2]
            elif op[0] == 4 and len(op) == 4:
                self.removed.update((op[1], tag) for tag in op[3])
            elif op[0] == 5 and len(op) == 5 and op[2] == 1:
                self.updates.setdefault(op[1], []).append((order, op[4]))

    def sets(self):
        found = {}
        for (field, tag), element in self.added.items():
            if (field, tag) not in self.removed:
                values = found.setdefault(field, [])
                if element not in values:
                    values.append(element)
        return {field: sorted(values, key=repr) for field, values in found.items()}

    def texts(self):
        found = {}
        for field, updates in self.updates.items():
            doc = Doc()
            doc["text"] = Text()
            for _, update in sorted(updates, key=lambda pair: pair[0]):
                doc.apply_update(update)
            found[field] = str(doc["text"])
        return found


def read_objects(folder):
    things, erased = {}, {}
    for feed in folder.feeds.values():
        if feed.space != folder.space or feed.stream == CONTROL:
            continue
        for seq, inner in feed.inners.items():
            what = f"record {seq} of {feed.name}"
            order = (inner.time, feed.feed)
            if not feed.counts(seq):
                continue
            if inner.type == CHANGE:
                ops = uncbor(inner.body, what)
                must(isinstance(ops, list), f"{what} holds no operations")
                things.setdefault(inner.object, Thing()).merge(order, ops, what)
            elif inner.type == ERASE:
                fields = uncbor(inner.body, what)
                erased[inner.object] = max(fields[0], erased.get(inner.object, 0))
    for name, kind in erased.items():
        things[name] = thing = Thing()
        thing.erased, thing.kind = True, kind
    return things


# --- Files ------------------------------------------------------------------------------------------------------------


def read_file(folder, name, thing):
    """Opens an attached file and checks it whole; none when its chunks are not among what was exported."""
    value = lambda field: thing.fields[field][1]
    try:
        label, size, hashed, (key, nonce, chunks) = value(2), value(4), value(5), value(8)
    except (KeyError, ValueError):
        return None, None
    if not all(chunk.hex() in folder.chunks for chunk in chunks):
        return label, None
    content = b""
    for at, chunk in enumerate(chunks):
        digits = chunk.hex()
        path = folder.path / "chunks" / digits[:2] / digits
        must(path.is_file(), f"chunk {digits[:8]} of a file is missing")
        sealed = path.read_bytes()
        must(plain_hash(sealed) == chunk, f"chunk {digits[:8]} of a file is damaged")
        place = nonce + le(at, 8)
        plain = unseal(key, place, place + bytes([at + 1 == len(chunks)]), sealed, f"chunk {digits[:8]} of a file")
        must(len(plain) == CHUNK or at + 1 == len(chunks), f"chunk {digits[:8]} of a file is too short")
        content += plain
    must(len(content) == size and plain_hash(content) == hashed, f"the file of object {name.hex()[:8]} is another one")
    return label, content


def check_chunks(folder):
    """Checks every chunk by its name, whoever names it, and that none is there that was not exported."""
    there = {path.name for path in folder.path.glob("chunks/*/*")}
    must(there == folder.chunks, "there are other chunks than were exported")
    for path in folder.path.glob("chunks/*/*"):
        must(plain_hash(path.read_bytes()).hex() == path.name, f"chunk {path.name[:8]} is damaged")


# --- All of it --------------------------------------------------------------------------------------------------------


def check_control(folder, authors):
    """Checks the founding operation and the epochs; gives the name of the space and of its members."""
    genesis, names, people = None, [], {}
    for feed in folder.feeds.values():
        if feed.space != folder.space or feed.stream != CONTROL:
            continue
        for seq, inner in feed.inners.items():
            order = (inner.time, feed.feed)
            if inner.type == SPACE_GENESIS and context_hash("space/v1", inner.body)[:16] == folder.space:
                genesis = uncbor(inner.body, "the genesis")
            elif inner.type == SPACE_NAME and feed.counts(seq):
                names.append((order, uncbor(inner.body, "a name")[1]))
            elif inner.type == MEMBER_NAME:
                name = (order, uncbor(inner.body, "a name")[1])
                author = authors[feed.space, feed.stream, feed.feed]
                people[author] = max(people.get(author, name), name)
    must(genesis is not None, "nothing founds this space")
    must(genesis[1] == folder.kind, "the space is of another kind than the keys file says")
    must(genesis[2] in folder.accounts, "nothing is known of whoever founded this space")
    return (max(names)[1] if names else ""), {account: name for account, (_, name) in people.items()}


def shown(value):
    if isinstance(value, bytes):
        return value.hex()
    return [shown(one) for one in value] if isinstance(value, list) else value


def read_space(path, files=None):
    folder = Folder(path)
    accounts = Accounts(folder)
    for feed in folder.feeds.values():
        if feed.space == folder.space:
            open_feed(folder, feed)
    authors = {place: check_feed_open(folder, accounts, feed) for place, feed in folder.feeds.items()}
    for (space, _, feed), author in authors.items():
        must(author is None or space == folder.space or author[:16] == space, "somebody writes in another's account log")
    heads = {(feed.feed[:8], record.seq): record.hash for feed in folder.feeds.values() for record in feed.records}
    for feed in folder.feeds.values():
        for inner in feed.inners.values():
            for other, seq, hashed in inner.heads:
                must(heads.get((other, seq), hashed)[: len(hashed)] == hashed, f"{feed.name} has seen another record than is here")
    name, people = check_control(folder, authors)
    check_chunks(folder)
    things, objects, attached = read_objects(folder), [], []
    for number, thing in sorted(things.items()):
        line = {"id": number.hex(), "kind": thing.kind, "kind_name": KINDS.get(thing.kind), "erased": thing.erased}
        line["fields"] = {str(field): shown(value) for field, (_, value) in sorted(thing.fields.items())}
        line["sets"] = {str(field): shown(values) for field, values in sorted(thing.sets().items())}
        line["texts"] = {str(field): text for field, text in sorted(thing.texts().items())}
        objects.append(line)
        if thing.kind == 3 and not thing.erased:
            label, content = read_file(folder, number, thing)
            attached.append({"object": number.hex(), "name": label, "size": content and len(content)})
            if content is not None and files is not None:
                target = pathlib.Path(files)
                target.mkdir(parents=True, exist_ok=True)
                harmless = re.sub(r"[^\w.-]", "_", label)
                (target / f"{number.hex()[:8]}-{harmless}").write_bytes(content)
    records = [record for feed in folder.feeds.values() for record in feed.records]
    return {
        "space": folder.space.hex(),
        "kind": folder.kind,
        "name": name,
        "members": {account.hex(): name for account, name in sorted(people.items()) if account},
        "writers": len({author for (space, _, _), author in authors.items() if space == folder.space}),
        "feeds": len(folder.feeds),
        "records": len(records),
        "erased_records": sum(record.is_stub for record in records),
        "epochs": len({record.epoch for record in records if record.space == folder.space and record.stream == CONTENT}),
        "objects": objects,
        "files": attached,
    }


def main():
    words = argparse.ArgumentParser(description="Reads and checks a space that was exported with its keys.")
    words.add_argument("folder")
    words.add_argument("--files", help="writes the attached files into this folder")
    given = words.parse_args()
    try:
        found = read_space(given.folder, given.files)
    except Damaged as problem:
        print(f"This space is not as it was exported: {problem}.", file=sys.stderr)
        return 1
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        print("This space is not as it was exported: something in it has another form than the protocol says.", file=sys.stderr)
        return 1
    json.dump(found, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
