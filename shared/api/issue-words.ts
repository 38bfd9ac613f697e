/** What is wrong with a value, in plain words and never in the validator's own: the one place that turns its issues into words. */
import { z } from 'zod';

export type Issue = z.core.$ZodRawIssue;
interface FieldWords {
  label: string;
  /** What it is, as it stands under the field. */
  help?: string | undefined;
  example?: string | undefined;
}

/** One sentence. `subject`: what it speaks of. Everything that checks without saying more is told so. */
export function issueWords(issue: Issue, subject = 'It'): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue.input)
        ? `${subject} ${verb(subject, 'is', 'are')} needed.`
        : `${subject} ${verb(subject, 'has', 'have')} to be ${kind(issue.expected)}.`;
    case 'too_big':
      return bound(issue, subject, issue.maximum, 'long', 'many', 'most');
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return `${subject} ${verb(subject, 'is', 'are')} needed.`;
      return bound(issue, subject, issue.minimum, 'short', 'few', 'least');
    case 'invalid_value':
      return `${subject} ${verb(subject, 'has', 'have')} to be ${issue.values.length === 1 ? quoted(issue.values[0]) : `one of ${issue.values.map(quoted).join(', ')}`}.`;
    case 'not_multiple_of':
      return `${subject} ${verb(subject, 'has', 'have')} to be a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return `${subject} has a part that this Wrenchbook does not know: ${issue.keys.join(', ')}.`;
    case 'invalid_union':
      return ofUnion(issue, subject);
    default:
      return `${subject} ${verb(subject, 'is', 'are')} not written as ${verb(subject, 'it', 'they')} should be.`;
  }
}

/** What is wrong with a field, and what it wants. `issue`: before its message was made. */
export function fieldIssueWords(issue: Issue, { label, help = '', example }: FieldWords): string {
  const said = issueWords(issue, label);
  const such = example === undefined || help.includes(example) ? '' : example;
  if (!said.endsWith(' needed.')) return such ? `${said} Example: ${such}.` : said;
  const [meaning = ''] = /^.*?[^.](?=\.(?:\s|$))/s.exec(help) ?? [help];
  if (meaning === '') return such ? `${said.slice(0, -1)}: such as ${such}.` : said;
  if (/[:"…|]/.test(meaning)) return `${said} ${meaning}.${such ? ` Example: ${such}.` : ''}`;
  return `${said.slice(0, -1)}: ${lowered(meaning)}${such && !/such as/i.test(meaning) ? `, such as ${such}` : ''}.`;
}

/** What to do about it where the issue itself says all; beside the field there is no need to say it. */
export const fieldNext = { missing: 'Fill in this field.', wrong: 'Correct this field.' } as const;

/** The first of what is wrong, with its place in what was checked. */
export function firstIssueText({ issues }: Pick<z.ZodError, 'issues'>): string {
  const [issue] = issues;
  if (!issue) return 'It is not written as it should be.';
  return issue.path.length === 0 ? asSentence(issue.message) : `${issue.path.map(String).join('.')}: ${asSentence(issue.message)}`;
}

/** As a sentence, whatever wrote it. */
export const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** What begins with a name or an abbreviation keeps its capital. */
const lowered = (text: string) => (/^(?:[A-Z](?:[a-z]+|)(?=[\s,]))/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

const isMissing = (value: unknown) => value === undefined || value === null || value === '';
const isPlural = (subject: string) => /[^s]s$/.test(subject) && !/^The number of /.test(subject) && !/(?:address|status|bus)$/i.test(subject);
const verb = (subject: string, one: string, many: string) => (isPlural(subject) ? many : one);
const quoted = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(value));

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no (true or false)',
  array: 'a list',
  object: 'a group of values',
  record: 'a group of values',
  null: 'empty',
};
const kind = (expected: string) => kinds[expected] ?? 'of another kind';

function bound(issue: Issue & { origin?: string; inclusive?: boolean }, subject: string, limit: unknown, size: string, count: string, end: string): string {
  const { input, origin } = issue;
  const most = `at ${end} ${String(limit)}`;
  if (origin === 'string')
    return `${subject} ${verb(subject, 'is', 'are')} too ${size}: ${typeof input === 'string' ? `${input.length} characters, ` : ''}${most}.`;
  if (origin === 'array' || origin === 'set')
    return `${subject} ${verb(subject, 'has', 'have')} too ${count} entries: ${Array.isArray(input) ? `${input.length}, ` : ''}${most}.`;
  const open = issue.inclusive === false ? (end === 'most' ? `less than ${String(limit)}` : `more than ${String(limit)}`) : most;
  return `${subject} ${verb(subject, 'has', 'have')} to be ${open}.`;
}

/** Of all the ways it could have been, the first that is more than a single word; it has words already. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, subject: string): string {
  const told = issue.errors.flatMap(([first]) => (first && first.code !== 'invalid_value' ? [first.message] : []));
  const [words = issue.note === undefined ? '' : `${subject} ${verb(subject, 'is', 'are')} of a kind that there is not.`] = told;
  return words === ''
    ? `${subject} ${verb(subject, 'is', 'are')} not written as ${verb(subject, 'it', 'they')} should be.`
    : asSentence(words.replace(/^It (?=is|has)/, `${subject} `));
}

// Wherever a schema says nothing of its own.
z.config({ customError: (issue) => issueWords(issue) });
