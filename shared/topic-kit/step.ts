/** The kinds of step a topic is made of. A step is data: nothing here runs anything. */
import type { DangerLevel } from '../api/topic.ts';
import type { CommandPromptLine } from './command-prompt.ts';
import type { Matcher } from './matcher.ts';
import type { Script } from './script.ts';

/** A value read from a step's output and kept in the run's journal, e.g. an address that must survive. */
export interface SavedFact {
  id: string;
  title: string;
  /** First group is the value. */
  pattern: RegExp;
  /** Of `before`: read again each time the step runs, as where a log ends is. */
  eachTime?: true;
  /** In a fleet, steps on another machine have the values of all hosts that got through, with a blank between. Without a fleet it is one. */
  ofAll?: true;
}

/** A question the tool asks while it runs. It is shown with an explanation and answered by the admin, live. */
export interface Prompt {
  id: string;
  /** Matches the end of the output while the tool waits. */
  pattern: RegExp;
  question: string;
  explanation: string;
  answers: readonly { value: string; label: string; means: string }[];
  recommended: string;
  /** The answer is a secret: it goes to the terminal only and is recorded as `‹secret›`. Then `answers` is empty. */
  secret?: true;
  /** Secret parameter that holds the answer. */
  answerFrom?: string;
}

/** Typed confirmation before a destructive or irreversible step. */
export interface Confirmation {
  /** The exact object that is at stake. */
  object: string;
  type: { text: string } | { fact: string };
  ask: string;
  /** Where it can be read, if not on the screen: "On the sticker of the card." It is never printed beside the field. */
  where?: string;
}

interface StepBase {
  id: string;
  title: string;
  /** What the step does and why, two sentences at the most. */
  intro: string;
  /** What the button that runs it says, as an order: "Erase the firmware". Missing: the title; of an edit "Write the file". */
  act?: string;
  danger: DangerLevel;
  /** Which of the topic's machines it runs on, by its id. Missing: the first. */
  on?: string;
  /** Where it runs, in the admin's words: "workstation", "UEFI shell of the server". Missing: the title of the machine it is on. */
  runsOn?: string;
  /** With whose rights; "–" where there is no such thing. */
  asUser?: string;
  /** Needs root's rights: they are taken for this step on a real target, and given back after the last of the steps in a row that need them. */
  needsRoot?: true;
  minutes?: number;
  confirm?: Confirmation;
  /** Said from this step on, until a step with `hold: null`, e.g. "Do not reboot now: …". */
  hold?: string | null;
}

/** One line for the prompt of something that is not a shell of ours, and where it is typed. */
export interface ConsoleLine {
  dialect: 'uefi-shell' | 'array-cli';
  /**
   * A file in the root of the file system that the line belongs to, and a line of its text. That is how the file system is
   * found: its number may be another after each boot. Missing: it does not matter where the line is typed.
   */
  volume?: { file: string; text: string };
  /** Directory on that file system, e.g. `P07`; empty for its root. */
  directory: string;
  line: readonly string[];
  /** File (from the root) that takes the output, for listings only: it is asked for twice, and redirecting hides questions. */
  saveTo?: string;
  /** The line starts the machine anew: for how long its prompt is waited for, in minutes. */
  restartMinutes?: number;
  /** What stands in for it in a rehearsal, where the lab's shell has no such command. */
  lab?: Script;
}

/** Lines for Windows' command prompt, one after the other. They are typed by hand: Wrenchbook reaches no such prompt. */
export interface CommandPrompt {
  dialect: 'cmd';
  lines: readonly CommandPromptLine[];
  /** What stands in for them in a rehearsal. */
  lab: Script;
}

/** What a step runs or types. */
export type StepText = Script | ConsoleLine | CommandPrompt;

/** A changing step says how it is proved and how it is taken back, or why it can't be. */
export interface Proof {
  verify?: {
    script: StepText;
    matchers: readonly Matcher[];
    /** It runs before the step as well: what it says then is not held against the step. */
    baseline?: true;
    /** Its exit status can be trusted: with 0, an unknown line that looks like an error is a warning. */
    statusTells?: true;
    /** Of an edit: where it fails, the file is put back at once, as a program that can't read it would fail at the next start. */
    orPutBack?: true;
    /** It looks at no effect but at this, as "whether BIND could load the file": then `undone` is not needed. */
    looksOnlyAt?: string;
  };
  undo?: StepText;
  /**
   * What proves the way back, where the effect is served: judged behind `undo`, or once the file is back. Without a script of its own it
   * is the opposite of `verify`. An output that says nothing is no proof. `at`: an earlier step's `undone` proves this one's way back too.
   */
  undone?: { script?: StepText; matchers: readonly Matcher[] } | { at: string };
  irreversible?: string;
}

export interface StepCard {
  title: string;
  lines: readonly string[];
  note?: string;
  /** It is a file, such as `RESCUE.CMD`, and can be saved under this name: in ASCII, with the line ends of Windows. */
  file?: string;
}

/** Told, done by hand, ticked. In a rehearsal `lab` does what the hand would. */
export interface ManualStep extends StepBase, Proof {
  kind: 'manual';
  instructions: readonly string[];
  /** Lines that are typed elsewhere, each group in a box of its own, with a word about it. */
  cards?: readonly StepCard[];
  lab?: Script;
}

export interface CommandStep extends StepBase, Proof {
  kind: 'command';
  script: Script;
  before?: Before;
  /** In a rehearsal: what hands do before the script runs, such as carrying a stick. Where it fails, the script does not run. */
  lab?: Script;
  /**
   * Takes longer than a link can be trusted. On a real target it runs in tmux or screen where one is there, and goes on when the link
   * is lost; where neither is, that is said before it runs.
   */
  long?: true;
  /**
   * The target restarts in this step, or right after it: that the link goes away is expected. It is waited for until the target
   * answers again after another start, for so many minutes. In a rehearsal the script does all of it.
   */
  restarts?: { within: number };
  /**
   * The script, or its undo, can cut the link it comes over, without a restart: it sets the address, or starts the network again. On a fleet it runs on
   * by itself and is asked for until it has ended, and the host is waited for; on one machine it is as for any other step.
   */
  cutsLink?: true;
  /** The script calls `wbmedia`, Wrenchbook's media writer: on a real target it is handed over in front of it. */
  writer?: true;
  matchers: readonly Matcher[];
  /** Its exit status can be trusted: with 0, an unknown line that looks like an error is a warning. */
  statusTells?: true;
  prompts?: readonly Prompt[];
  saves?: readonly SavedFact[];
  /**
   * Of a topic with several machines, where a group of hosts plays each. Missing: on every host of its machine. `one`: on the first of them, once for
   * all. `forEach`, another machine: on the first host of its own, once for each host of that one, in the order of that one's steps.
   */
  inFleet?: 'one' | { forEach: string };
}

/** One line typed at a console. In a rehearsal it is run by the lab's shell. */
export interface ConsoleStep extends StepBase, Proof, ConsoleLine {
  kind: 'console';
  matchers: readonly Matcher[];
  prompts?: readonly Prompt[];
  saves?: readonly SavedFact[];
}

/** Lines typed at Windows' command prompt. */
export interface CommandPromptStep extends StepBase, Proof, CommandPrompt {
  kind: 'console';
  matchers: readonly Matcher[];
  saves?: readonly SavedFact[];
}

/** Reads files named by parameters, with Wrenchbook's own eyes, and judges them before anything is built. */
export interface FileCheckStep extends StepBase {
  kind: 'verify';
  files: readonly FileCheck[];
}
export interface FileCheck {
  /** Parameter that holds the path. */
  field: string;
  path: string;
  /** Largest size that is looked at, in bytes; more is refused unread. */
  limit: number;
  /** Pure: what the content is. `problem` refuses the file by name. */
  inspect(content: Uint8Array): FileFinding;
}
export interface FileFinding {
  summary: string;
  problem: { means: string; next: string; rule: string; remedies?: readonly string[] } | null;
  /** It is usable, and this has to be known of it. */
  warning?: { means: string; next: string; rule: string };
}

/**
 * Reads what a step is about to change, before it is first done, for `verify`, `undo` and `undone`: `${fact('was')}` there. It is not read again
 * when the step is run again, only after it was undone (but for facts with `eachTime`). Where one of the facts can't be read, or a matcher fails, the step does not run.
 */
export interface Before {
  script: Script;
  saves: readonly SavedFact[];
  matchers?: readonly Matcher[];
}

interface AfterEdit {
  before?: Before;
  /**
   * Lets a program take what was written, such as `systemctl daemon-reload`: run behind writing and before `verify`, and again once the files
   * are back, before `undo` and `undone`. Where it fails, the step or its way back fails.
   */
  afterwards?: { script: Script; matchers?: readonly Matcher[] };
  /** What has to be done besides once the files are back, where that is something else. */
  undo?: Script;
}

/**
 * Text files of the target that are changed: one that is named, or those that are found there. All changes are shown before they are written, and
 * written at one word of the admin, each file in one instant and with a backup; they are taken back by putting the backups in their place.
 */
export interface EditStep extends StepBase, Pick<Proof, 'verify' | 'undone'>, AfterEdit {
  kind: 'edit';
  /** Its one file: an absolute path on the target. */
  file?: string;
  /** Or how its files are found. Those in which nothing changes are not shown. One that is refused stops the step before anything is written. */
  files?: {
    /** Which they are, as a phrase: "every *.conf below /etc/apache2 that …". */
    what: string;
    /** Only reads; prints the path of each file, one a line, as `file(…)` gives it to the script. Files with hard links or links themselves are refused. */
    find: Script;
    /** Judge what it prints besides. */
    matchers?: readonly Matcher[];
  };
  /** Of the one file: it is a link on some systems, its target is edited and the link stays. Else a link is refused. */
  followLinks?: true;
  /**
   * Where there is no such file it is made, with this mode (octal, e.g. `0644`). Else that is refused. `folder`: so are the folders it is to
   * lie in, with mode 0755 and the owner of what they lie in; those that were made are taken back with it when they are empty.
   */
  create?: { mode: string; folder?: true };
  /**
   * What is not UTF-8, as old printer descriptions, is edited as ISO-8859-1: each byte is a character, and all that `edit` leaves stays byte for
   * byte. Else that is refused.
   */
  anyEncoding?: true;
  /** Secret parameters that it writes: `edit` has `secretIn(NAME)` in their place. Nothing that they could be guessed from is kept. */
  secrets?: readonly string[];
  /**
   * Pure: the text of `file` as it should be, from the text that is there (empty where there is no file). Done twice it changes nothing
   * more. Keep line ends as they are. A text this procedure can't handle is refused with a reason.
   */
  edit(old: string, facts: Readonly<Record<string, string>>, file: string): string | EditRefusal;
}
/** Why a text is left alone. */
export interface EditRefusal {
  rule: string;
  means: string;
  next: string;
  remedies?: readonly string[];
}

export type Step = ManualStep | CommandStep | ConsoleStep | CommandPromptStep | EditStep | FileCheckStep;

/** A fix for a failure. Offered by a verdict; never run by itself. */
export interface Remedy {
  id: string;
  title: string;
  /** What the admin does, or what the script does for them. */
  explanation: string;
  danger: DangerLevel;
  /** Command on the target; may use what was read before. */
  script?: (facts: Readonly<Record<string, string>>) => Script | ConsoleLine;
  /** Which of the topic's machines it is for. Missing: that of the step which failed. It is not offered in a run without that machine. */
  on?: string;
  /** Missing: as the step which failed. */
  needsRoot?: true;
  /** In a rehearsal: what stands in for the admin's hands. Runs instead of nothing, beside `script`. */
  lab?: Script;
  matchers?: readonly Matcher[];
  confirm?: Confirmation;
  /** What is done again afterwards: the failed step, or an earlier one and all from there. */
  afterwards: 'retry' | { again: string };
}
