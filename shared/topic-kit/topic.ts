/** What a topic is: one procedure, described so that the engine can plan, run, judge, undo and rehearse it. */
import type { z } from 'zod';
import type { PictureText } from '../api/picture.ts';
import type { DangerLevel, ParameterIssue, TargetRef } from '../api/topic.ts';
import type { Probe } from './probe.ts';
import type { Remedy, Step } from './step.ts';
import type { Systems } from './systems.ts';

export interface Symptom {
  /** Named groups are values for the fields of the same name: `/update '(?<domain>[^']+)\/IN' denied/`. */
  pattern: RegExp;
  /** The plain phrase that is shown and searched. */
  text: string;
}

export interface LabFailure {
  id: string;
  title: string;
  story: string;
  /** Step at which the run stops, and the rule that says so. */
  /** `also`: rules that fail there besides, where one line alone does not say it. */
  stopsAt: { step: string; rule: string; also?: readonly string[] };
  wayOut: 'remedy' | 'undo' | 'none';
  /** The only way, or ways, in which it can happen, by name in `Lab.ways`; null for the usual one. Missing: in all. */
  inWay?: string | null | readonly (string | null)[];
}

/** A file of the lab folder as it is before the first step. Paths are relative to the lab folder. */
export interface LabFile {
  /** The machine it is on, of a topic with several. Missing: the first. */
  machine?: string;
  path: string;
  content: string | Uint8Array;
  /** Everybody may read it and what it lies in. Else its owner only. */
  open?: true;
}

export interface Lab {
  scenario: string;
  failures: readonly LabFailure[];
  /** Values the lab's machine shows on the happy path, by fact id: for filled answers files. */
  facts: Readonly<Record<string, string>>;
  /** Other ways through the procedure, by the parameters that choose them: rehearsed with the same failures. */
  ways?: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
  /** By name in `ways`: optional machines that take no part there. */
  without?: Readonly<Record<string, readonly string[]>>;
  /** Files of the lab folder that a second run rightly changes, with the reason; a second run must change no others. */
  differsOnRepeat?: { files: readonly string[]; because: string };
  /** Initial files; `failure` is the id of the named failure that is played, or null. `parameters`: what was chosen, where that is known. */
  files(failure: string | null, parameters?: Readonly<Record<string, unknown>>): LabFile[];
}

export interface TopicContext {
  target: TargetRef;
  rehearsal: boolean;
  /** Of a topic with several machines: ids of those that take part. Steps on others are left out anyway. */
  machines?: readonly string[];
}

/** One of several machines that a procedure is about. */
export interface Machine {
  /** Small letters, digits and hyphens. */
  id: string;
  /** "Proxy". */
  title: string;
  /** What it does here, as a phrase: "keeps copies of packages". */
  purpose: string;
  /** The procedure can do without it: where it is not chosen, its steps are left out. Never the first. */
  optional?: true;
  /** Missing: as the topic says. */
  targets?: Topic['targets'];
  systems?: Systems;
}

/** What every topic says of itself, whatever it does. */
export interface TopicText<Schema extends z.ZodObject = z.ZodObject> {
  id: string;
  title: string;
  summary: string;
  category: string;
  platforms: readonly string[];
  /** What it fixes, or which questions it answers. */
  fixes: readonly string[];
  /** Where the source was wrong or cut off, and what is done instead. */
  corrections: readonly string[];
  sources: readonly string[];
  symptoms: readonly Symptom[];
  /** Other words for it, and what people and tools say of it in English, German, French and Spanish: a phrase of several words each. Searched only. */
  alsoCalled?: readonly string[];
  /** How it is found by words. Missing: by what is above. */
  search?: SearchWords;
  parameters: Schema;
}

/** How a topic is found by words (shared/topic-search). */
export interface SearchWords {
  /** Words that have to come together: `bind named | active-directory domain-controller*`, see about-rules.ts. */
  about: readonly string[];
  /** How people ask for it, in their own words. */
  asked: readonly string[];
  /** What is like it, and must not lead to it: other troubles of the same programs, and lines of their logs where all is well. */
  nearMisses: readonly string[];
}

export interface Topic<Schema extends z.ZodObject = z.ZodObject> extends TopicText<Schema> {
  kind: 'procedure';
  /** Goes up when steps change in a way that an interrupted run must notice. */
  version: number;
  risk: { level: DangerLevel; text: string };
  /** What the steps of its plan add up to with the lab's values, rounded. */
  minutes: number;
  needs: readonly string[];
  cannotUndo: readonly string[];
  /**
   * What secrets look like that programs make or show, e.g. a token: group 1, or the whole match, is masked before anything
   * is written. Within one line, at most 2048 bytes.
   */
  secretPatterns?: readonly RegExp[];
  /** Fields whose value differs in a rehearsal, e.g. paths of images the lab brings. */
  labDefaults: Readonly<Record<string, string | boolean>>;
  steps(parameters: z.output<Schema>, context: TopicContext): readonly Step[];
  remedies: readonly Remedy[];
  /** Kinds of real target it may run on. Missing: it is rehearsed only. */
  targets?: readonly ('local' | 'ssh' | 'console' | 'hand')[];
  /** Why these parameters do not go with such a target, by field, e.g. a console's lines where there is no console; null where they do. */
  misfit?(parameters: z.output<Schema>, target: Exclude<TargetRef, { kind: 'lab' }>): ParameterIssue | null;
  /**
   * Where it is about more than one machine: which, the run's target first. A step says which one it runs on. Machines take turns in one
   * terminal, as root is taken and given back.
   */
  machines?: readonly Machine[];
  /** Why these parameters need a machine that takes no part, of those that are optional; null where they do not. Asked in a rehearsal too. */
  lacks?(parameters: z.output<Schema>, machines: readonly string[]): ParameterIssue | null;
  /** What such a target has to be, where its facts can tell: checked when it is reached, before the first step. */
  systems?: Systems;
  /** How it is found out whether it applies to a target. Missing: that can't be told from there. */
  probe?: Probe<z.output<Schema>>;
  /**
   * What is drawn of it: on its page with nothing known but the lab's parameters, and beside a run with its facts and the ids of
   * steps that are done. Pure.
   */
  pictures?(parameters: z.output<Schema>, known: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> }): readonly PictureText[];
  lab: Lab;
}

/** Declares a procedure. */
export const defineTopic = <Schema extends z.ZodObject>(topic: Omit<Topic<Schema>, 'kind'>): Topic<Schema> => ({ kind: 'procedure', ...topic });
