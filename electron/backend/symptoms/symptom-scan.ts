/**
 * Looks for symptoms in a long log as its bytes come: memory does not grow with it. Its literals are searched first, and a pattern is tried
 * only on lines in which one of its literals is.
 */
import { matchedLines } from '../../../shared/topic-kit/index.ts';
import { plainText } from '../sessions/terminal-text.ts';
import { FoundSymptoms, type FoundTopic } from './found-symptoms.ts';
import { inJson, journalMessage, messageAsBytes } from './journal-line.ts';
import { LiteralSearch } from './literal-search.ts';
import type { SymptomRule } from './symptom-rules.ts';

const newline = 10;
/** A line without an end is cut here, in bytes: no pattern looks further. */
const longestLine = 65_536;

export class SymptomScan {
  private readonly search: LiteralSearch;
  /** By literal. */
  private readonly rules: readonly (readonly SymptomRule[])[];
  private readonly found = new FoundSymptoms();
  private rest: Buffer = Buffer.alloc(0);

  constructor(rules: readonly SymptomRule[]) {
    const byLiteral = new Map<string, SymptomRule[]>();
    const looked = rules.filter(({ inLogs }) => inLogs);
    for (const rule of looked)
      for (const literal of new Set((rule.literals ?? []).flatMap((one) => [one, inJson(one)])))
        byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), rule]);
    byLiteral.set(messageAsBytes, looked);
    this.search = new LiteralSearch([...byLiteral.keys()]);
    this.rules = [...byLiteral.values()];
  }

  /** The caller may use its buffer again. */
  push(bytes: Buffer): void {
    // Only the line that began before is put together: the rest is searched where it is.
    const begun = this.rest.length > 0;
    const first = begun ? bytes.indexOf(newline) + 1 : 0;
    if (begun) {
      const head = Buffer.concat([this.rest, first > 0 ? bytes.subarray(0, first) : bytes]);
      if (first === 0 && head.length < longestLine) {
        this.rest = head;
        return;
      }
      this.look(head, head.length);
      this.rest = Buffer.alloc(0);
      if (first === 0) return;
    }
    const left = bytes.subarray(first);
    const end = left.lastIndexOf(newline) + 1;
    const cut = end === 0 && left.length >= longestLine ? left.length : end;
    this.look(left, cut);
    this.rest = Buffer.from(left.subarray(cut));
  }

  /** Best first. */
  end(): FoundTopic[] {
    this.look(this.rest, this.rest.length);
    this.rest = Buffer.alloc(0);
    return this.found.best();
  }

  /** What was found so far; best first. */
  get soFar(): FoundTopic[] {
    return this.found.best();
  }

  private look(bytes: Buffer, length: number): void {
    let lineEnd = -1;
    let lineStart = 0;
    const wanted = new Set<SymptomRule>();
    this.search.search(bytes, 0, length, (at, literals) => {
      if (at >= lineEnd) {
        this.judge(bytes.subarray(lineStart, Math.max(lineStart, lineEnd)), wanted);
        wanted.clear();
        lineStart = bytes.lastIndexOf(newline, at) + 1;
        const end = bytes.indexOf(newline, at);
        lineEnd = end === -1 || end > length ? length : end;
      }
      for (const literal of literals) for (const rule of this.rules[literal] ?? []) wanted.add(rule);
    });
    if (wanted.size > 0) this.judge(bytes.subarray(lineStart, lineEnd), wanted);
  }

  private judge(line: Buffer, rules: ReadonlySet<SymptomRule>): void {
    if (rules.size === 0) return;
    for (const text of matchedLines(plainText(journalMessage(line.subarray(0, longestLine).toString()))))
      for (const rule of rules) {
        const match = rule.symptom.pattern.exec(text);
        if (match) this.found.note(rule, text, match.groups);
      }
  }
}
