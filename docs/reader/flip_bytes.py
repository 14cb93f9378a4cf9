"""Tries the reader on damaged copies: flips bytes of an exported space one at a time and cuts its files short.

    reader/bin/python docs/reader/flip_bytes.py FOLDER FLIPS SEED

Every damage to records, chunks or keys must be told. It changes FOLDER and puts back what it changed.
"""

import pathlib
import random
import re
import sys

from read_space import Damaged, read_space


def is_told(folder):
    try:
        read_space(folder)
    except Damaged:
        return True
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        # What is not of the form of the protocol at all; the reader's program says so.
        return True
    return False


def damages(path, chance):
    """Gives a damaged copy of a file and what was done to it."""
    whole = path.read_bytes()
    if path.name == "keys.json":
        # What is said beside the keys is not bound by anything; the keys, ids and hashes are. A history key seals nothing here.
        bound = [place for place in re.finditer(rb'"(?:epoch|content|control|log_key|feed|hash)": "([0-9a-f]+)"', whole)]
        place = chance.choice(bound)
        at = chance.randrange(place.start(1), place.end(1))
        other = chance.choice([digit for digit in b"0123456789abcdef" if digit != whole[at]])
        return whole[:at] + bytes([other]) + whole[at + 1 :], f"digit {at}"
    if chance.random() < 0.1:
        at = chance.randrange(len(whole))
        return whole[:at], f"cut at {at}"
    at = chance.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :], f"byte {at}"


def main():
    folder, flips, chance = pathlib.Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    read_space(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for number in range(flips):
        path = files[number % len(files)]
        whole = path.read_bytes()
        damaged, what = damages(path, chance)
        path.write_bytes(damaged)
        told = is_told(folder)
        path.write_bytes(whole)
        if not told:
            print(f"nothing was said of {what} in {path.relative_to(folder)}", file=sys.stderr)
            return 1
    for path in files:
        aside = path.with_name(path.name + ".aside")
        path.rename(aside)
        told = is_told(folder)
        aside.rename(path)
        if not told:
            print(f"nothing was said of {path.relative_to(folder)}, which was gone", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
