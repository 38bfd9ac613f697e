"""Filters of this role.

They hand what a task has read to files/rules.mjs, which holds the procedure's own rules, and return what it says. It needs Node.js on the
computer that runs ansible-playbook, not on the hosts. It gets text and gives text: it opens no file but files/values.json, and no connection.
The names of the filters begin with the name of the role's folder.
"""

import base64
import hashlib
import json
import os
import re
import subprocess
import unicodedata
from pathlib import Path

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

ROLE = Path(__file__).resolve().parent.parent


def ask(question):
    """The answer of the rules. What hosts say is never taken for a template: answers are wrapped."""
    try:
        done = subprocess.run(
            [os.environ.get("WRENCHBOOK_NODE", "node"), str(ROLE / "files" / "rules.mjs")],
            input=json.dumps(question).encode(),
            capture_output=True,
            check=False,
        )
    except OSError as cause:
        raise AnsibleFilterError(
            f"Node.js is needed on the computer that runs ansible-playbook (Debian: apt install nodejs). It did not start: {cause}"
        ) from cause
    if done.returncode != 0:
        raise AnsibleFilterError(f"The rules in {ROLE / 'files'} could not answer: {done.stderr.decode(errors='replace').strip()[-2000:]}")
    return json.loads(done.stdout)


def ran(result):
    """Whether a task has run and said something."""
    return isinstance(result, dict) and "rc" in result and not result.get("skipped", False)


def seen(result):
    return {"output": result.get("stdout", ""), "exitStatus": result["rc"]}


def judged(result, step, part, state):
    """What the output of a part of a step means: failed, words, facts, lines, paths. A task that was skipped has not failed."""
    if not ran(result):
        return wrap_var({"failed": False, "words": "", "facts": {}, "lines": [], "paths": []})
    record = state["steps"].get(step, {})
    return wrap_var(
        ask(
            {
                "ask": "judge",
                "step": step,
                "part": part,
                "seen": seen(result),
                "facts": state["facts"],
                "known": recorded(state, step),
                **({"baseline": record["baseline"]} if "baseline" in record else {}),
            }
        )
    )


def holds(result, step, part, state):
    """Whether it ran, and found what it wants."""
    return ran(result) and not judged(result, step, part, state)["failed"]


def words(results, step, state, otherwise):
    """What to say of a step that has failed: of its first part that did, else what Ansible says."""
    for part, result in results.items():
        said = judged(result, step, part, state)
        if said["failed"]:
            return wrap_var(said["words"])
    text = otherwise.get("msg") or otherwise.get("stderr") or "It failed; see the task above."
    return wrap_var(str(text))


def learned(state, result, step, part, first=False):
    """The state with what this part of a step has read. `first`: what was read before stays."""
    now = judged(result, step, part, state)["facts"]
    return wrap_var({**state, "facts": {**now, **state["facts"]} if first else {**state["facts"], **now}})


def recorded(state, *steps):
    """Whether an earlier run has begun one of these steps and then stopped somewhere: what was read before it counts still."""
    return not state["finished"] and any(step in state["steps"] and not state["steps"][step]["earlier"] for step in steps)


def begun(state, step, files=(), **more):
    """The state in which this step has begun, for the undo. What was there before it first began is kept."""
    kept = still_kept(state, step, files)
    records = {one["path"]: {**short(one), **kept.get(one["path"], {}), "new": one["new"]} for one in files if one["changes"]}
    known = state["steps"][step] if recorded(state, step) else {}
    record = {**more, **known, "earlier": False, "files": list({**kept, **records}.values())}
    others = {name: ({**one, "earlier": True} if state["finished"] else one) for name, one in state["steps"].items() if name != step}
    return wrap_var({**state, "finished": False, "last": step, "steps": {**others, step: record}})


def short(one):
    return {name: one[name] for name in ("path", "existed", "old", "new", "backup", "uid", "gid", "mode") if name in one}


def still_kept(state, step, files):
    """Files whose first text is kept already, by path. One that somebody has written since is not among them: its text now is its first."""
    now = {one["path"]: one["old"] for one in files}
    kept = state["steps"].get(step, {}).get("files", [])
    return {one["path"]: one for one in kept if now.get(one["path"], one["new"]) in (one["old"], one["new"])}


def to_back_up(state, step, files):
    """Those that change, and whose first text is not kept yet."""
    kept = still_kept(state, step, files)
    return wrap_var([one for one in files if one["changes"] and one["existed"] and one["path"] not in kept])


def strangers(state, step, stats):
    """Which files are neither as they were written nor as they were before; empty where there are none."""
    words = []
    for one, now in zip(state["steps"][step]["files"], stats):
        there = now["stat"]["checksum"] if now["stat"]["exists"] else ""
        if there not in (one["new"], one["old"] if one["existed"] else ""):
            kept = f" Its old text is kept as {one['backup']} in the state folder." if one["existed"] else ""
            words.append(f"{one['path']} has been changed since it was written, and was left as it is.{kept} Restore it by hand.")
    return wrap_var(" ".join(words))


def ended(state, *steps):
    """The state without these steps, once they are undone."""
    return wrap_var({**state, "steps": {name: one for name, one in state["steps"].items() if name not in steps}})


def finished(state):
    """The state after the last step."""
    return wrap_var({**state, "finished": True})


def unfinished(state):
    """The step that had begun and did not end when an earlier run stopped; empty where there is none."""
    return "" if state["finished"] else state["last"] if state.get("last") in state["steps"] else ""


def sharing(state, others, joined=(), done=()):
    """The state with what other machines have read: of each the facts of its first host, and of `joined` those of all hosts, also of `done`."""
    known = {name: value for hosts in others for one in hosts[:1] for name, value in one["facts"].items()}
    everywhere = [one["facts"] for hosts in (*others, *done) for one in hosts]
    whole = {name: " ".join(dict.fromkeys(facts[name] for facts in everywhere if name in facts)) for name in joined}
    return wrap_var({**state, "facts": {**known, **state["facts"], **{name: value for name, value in whole.items() if value}}})


def verdict(results):
    """Whether the procedure applies: verdict and words. `results`: by machine, or one."""
    return wrap_var(ask({"ask": "verdict", "seen": {name: seen(one) for name, one in results.items() if ran(one)}}))


def misfit(result, machine=""):
    """Why the procedure can't run on such a system; empty where it can."""
    return wrap_var(ask({"ask": "system", "output": result.get("stdout", ""), **({"machine": machine} if machine else {})})["because"])


def edited(reads, step, state, secrets=None):
    """What files should hold: a list of path, text, changes, refused, existed, old and new (SHA-256). `reads`: path, stat and read of each."""
    files = [file_of(one, f"{step}.{digest(one['path'].encode())[:8]}.old") for one in reads]
    able = [one for one in files if not one["refused"]]
    wanted = ask(
        {"ask": "edit", "step": step, "facts": state["facts"], "files": [{"path": one["path"], "text": one["text"]} for one in able]}
    )["files"]
    for one, want in zip(able, wanted):
        old = one["text"]
        one["refused"] = f"{one['path']}: {want['refused']}" if "refused" in want else ""
        one["text"] = re.sub(r"‹secret:(\w+)›", lambda mark: secrets[mark[1]], want.get("text", old)) if secrets else want.get("text", old)
        one["new"] = digest(one["text"].encode())
        one["changes"] = one["refused"] == "" and (not one["existed"] or one["text"] != old)
    return wrap_var(files)


def digest(content):
    return hashlib.sha256(content).hexdigest()


def file_of(one, backup):
    stat = one["stat"]["stat"]
    content = base64.b64decode(one["read"].get("content", ""))
    made = {
        **{"path": one["path"], "existed": stat["exists"], "text": "", "changes": False, "refused": "", "backup": backup},
        **{"old": digest(content), "new": digest(content)},
        **{name: stat[name] for name in ("uid", "gid", "mode") if name in stat},
    }
    if stat.get("islnk", False):
        made["refused"] = f"{one['path']} is a link. Name the file itself."
    elif stat["exists"] and not stat.get("isreg", False):
        made["refused"] = f"{one['path']} is not a file."
    elif not stat["exists"] and not one.get("create", False):
        made["refused"] = f"{one['path']} is not there."
    try:
        made["text"] = content.decode()
    except UnicodeDecodeError:
        made["refused"] = f"{one['path']} is not UTF-8 text: editing it as text would damage it. Edit it by hand."
    return made


def paired(paths, stats, reads):
    """What loops of stat and slurp have read, by path, for `edited`."""
    return wrap_var([{"path": path, "stat": stat, "read": read} for path, stat, read in zip(paths, stats, reads)])


def fact(facts, name, title, step, use="word", joined=False):
    """What an earlier step has read, quoted for sh; refused where it can't stand in a script."""
    value = facts.get(name)
    because = "it was not read" if value is None else unfit(value, use, joined)
    if because:
        raise AnsibleFilterError(f'It needs "{title}", which step {step} reads, and {because}. Check what step {step} printed.')
    if use == "file":
        return wrap_var(quoted(f"./{value}" if value.startswith("-") else value))
    return wrap_var(" ".join(quoted(word) for word in (value.split() if use == "words" else [value])))


def unfit(value, use, joined):
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") or letter in "\u2028\u2029\ufffd" for letter in value):
        return "it holds control characters, or bytes that are not text"
    if not value.strip():
        return "it is empty"
    if use != "file" and any(word.startswith("-") for word in (value.split() if use == "words" else [value])[1 if joined else 0 :]):
        return "it begins with a dash, and a program would take it for an option"
    return ""


def quoted(word):
    if re.fullmatch(r"[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:=@%+,-]*", word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


class FilterModule:
    def filters(self):
        named = (
            *(judged, holds, words, learned, recorded, begun, to_back_up, strangers, ended, finished, unfinished, sharing),
            *(verdict, misfit, edited, paired, fact),
        )
        return {f"{ROLE.name}_{each.__name__}": each for each in named}
