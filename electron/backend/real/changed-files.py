"""What the upper folder of an overlay changes of the lower one: a line each, without times. Usage: changed-files.py LOWER UPPER [LOWER UPPER]..."""

import hashlib
import os
import stat
import sys


def of(path):
    """Kind, mode, owner and content; None where there is nothing."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    words = [oct(found.st_mode), f"{found.st_uid}:{found.st_gid}"]
    if stat.S_ISREG(found.st_mode):
        with open(path, "rb") as file:
            words.append(hashlib.sha256(file.read()).hexdigest())
    if stat.S_ISLNK(found.st_mode):
        words.append(os.readlink(path))
    return " ".join(words)


for lower, upper in zip(sys.argv[1::2], sys.argv[2::2]):
    for folder, folders, files in os.walk(upper):
        for name in folders + files:
            path = os.path.join(folder, name)
            below = os.path.join(lower, os.path.relpath(path, upper))
            # What was copied up and is as it was is no change; what was there and is gone is a device without a number.
            if of(path) != of(below):
                print(below, of(path))
