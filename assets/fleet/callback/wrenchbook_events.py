# Writes what ansible-playbook does as JSON lines, one event a line, for the matrix of hosts and steps. Standard library only; works with
# ansible-core 2.12 and later. WRENCHBOOK_FLEET_EVENTS names the file; WRENCHBOOK_FLEET_SECRETS the variables whose values are masked in it.
from __future__ import annotations

import json
import os
import time

from ansible import constants as C
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: wrenchbook_events
    type: notification
    short_description: Events of a playbook as JSON lines
    description: Appends one JSON object for each event to the file that WRENCHBOOK_FLEET_EVENTS names.
"""

LONGEST = 65536
SHORTEST_SECRET = 4
MARK = "\u2039secret\u203a"
OWN_SECRETS = ("ansible_become_password", "ansible_password")
SHOWN = ("rc", "stdout", "stderr", "msg", "start", "end", "delta", "skip_reason", "false_condition", "module_stdout", "module_stderr")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "wrenchbook_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        path = os.environ.get("WRENCHBOOK_FLEET_EVENTS")
        self.disabled = not path
        self.secrets = []
        # Line by line and unbuffered: what was written is there when this process is killed.
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if path else None

    def note(self, event, **fields):
        line = json.dumps(self.masked({"e": event, "at": time.time(), **fields}), ensure_ascii=True, default=str) + "\n"
        data = line.encode("ascii")
        while data:
            data = data[os.write(self.file, data):]

    def masked(self, value):
        if isinstance(value, dict):
            return {str(self.masked(str(key))): self.masked(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.masked(each) for each in value]
        if isinstance(value, str):
            for secret in self.secrets:
                value = value.replace(secret, MARK)
            if len(value) > LONGEST:
                value = value[:LONGEST] + "\n[%d more characters were cut off]" % (len(value) - LONGEST)
            return str(value)
        return value

    def learn_secrets(self, play):
        names = [*OWN_SECRETS, *os.environ.get("WRENCHBOOK_FLEET_SECRETS", "").split()]
        given = play.get_variable_manager().extra_vars
        values = {str(given[name]) for name in names if name in given}
        # A quote or a backslash in it stands differently in a quoted argument and in JSON.
        spelled = {spelling for value in values for spelling in (value, json.dumps(value)[1:-1], value.replace("'", "'\"'\"'"))}
        self.secrets = sorted((each for each in spelled if len(each) >= SHORTEST_SECRET), key=len, reverse=True)

    def v2_playbook_on_start(self, playbook):
        self.note("start", plays=[play.get_name() for play in playbook.get_plays()])

    def v2_playbook_on_play_start(self, play):
        manager = play.get_variable_manager()
        self.learn_secrets(play)
        hosts = [host.get_name() for host in manager._inventory.get_hosts(play.hosts)]
        self.note("play", name=play.get_name(), hosts=hosts)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.task(task, False)

    def v2_playbook_on_handler_task_start(self, task):
        self.task(task, True)

    def task(self, task, handler):
        self.note("task", id=task._uuid, name=task.name or task.get_name(), action=str(task.action), tags=[str(tag) for tag in task.tags], handler=handler)

    def v2_runner_on_start(self, host, task):
        self.note("host-start", host=host.get_name(), task=task._uuid)

    def v2_runner_on_ok(self, result):
        self.result(result, "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.result(result, "failed", ignored=bool(ignore_errors))

    def v2_runner_on_skipped(self, result):
        self.result(result, "skipped")

    def v2_runner_on_unreachable(self, result):
        self.result(result, "unreachable")

    def result(self, result, status, ignored=False):
        task, data = result._task, result._result
        hidden = bool(data.get("_ansible_no_log") or task.no_log)
        self.note(
            "result",
            host=result._host.get_name(),
            task=task._uuid,
            status=status,
            changed=bool(data.get("changed")),
            ignored=ignored,
            hidden=hidden,
            said=self.said(task, data, hidden),
        )

    def said(self, task, data, hidden):
        if hidden:
            return {"empty": False}
        known = [key for key in data if key not in ("changed", "failed", "invocation", "warnings", "deprecations") and not key.startswith("_ansible")]
        said = {key: data[key] if isinstance(data[key], (int, float)) else str(data[key]) for key in SHOWN if data.get(key) not in (None, "")}
        said["empty"] = not known
        said["command"] = self.command(task, data)
        if data.get("results") and isinstance(data["results"], list):
            said["items"] = [self.item(task, each) for each in data["results"][:200] if isinstance(each, dict)]
        diff = self.diff(data)
        if diff:
            said["diff"] = diff
        return said

    def item(self, task, data):
        said = {key: data[key] if isinstance(data[key], (int, float)) else str(data[key]) for key in SHOWN if data.get(key) not in (None, "")}
        return {**said, "command": self.command(task, data)}

    def command(self, task, data):
        cmd = data.get("cmd")
        if isinstance(cmd, (list, tuple)):
            return " ".join(str(each) if str(each).isidentifier() else "'" + str(each).replace("'", "'\"'\"'") + "'" for each in cmd)
        if cmd:
            return str(cmd)
        arguments = (data.get("invocation") or {}).get("module_args") or task.args
        raw = arguments.get("_raw_params") if isinstance(arguments, dict) else None
        if raw:
            return str(raw)
        shown = {key: each for key, each in (arguments or {}).items() if each is not None and not str(key).startswith("_")}
        return "%s %s" % (task.action, json.dumps(shown, default=str, sort_keys=True))

    def diff(self, data):
        diffs = data.get("diff") or [each.get("diff") for each in data.get("results") or [] if isinstance(each, dict)]
        text = self._get_diff([self.named(each, data) for each in (diffs if isinstance(diffs, list) else [diffs]) if each])
        # Colours are for the terminal.
        return "".join(part if index == 0 else part.split("m", 1)[-1] for index, part in enumerate(text.split("\u001b["))) if text else ""

    def named(self, diff, data):
        # A text of the playbook has the name of a file of Ansible's own here, another one for each host: hosts with like changes would not be alike.
        if not isinstance(diff, dict) or not str(diff.get("after_header", "")).startswith(str(C.DEFAULT_LOCAL_TMP)):
            return diff
        arguments = (data.get("invocation") or {}).get("module_args") or {}
        return {**diff, "after_header": diff.get("before_header") or data.get("dest") or arguments.get("dest") or "the new text"}

    def v2_playbook_on_no_hosts_matched(self):
        self.note("no-hosts")

    def v2_playbook_on_stats(self, stats):
        kinds = ("ok", "changed", "failures", "dark", "skipped", "rescued", "ignored")
        hosts = {host: {kind: int(getattr(stats, kind).get(host, 0)) for kind in kinds} for host in sorted(stats.processed)}
        self.note("stats", hosts=hosts)
