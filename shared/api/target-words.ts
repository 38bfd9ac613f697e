/** The fields of a target, and what is wrong with an entry, field by field: for the dialog, the terminal command and the book alike. */
import { asSentence, fieldIssueWords } from './issue-words.ts';
import { target, targetEntry } from './target.ts';

/** `field`: its path, such as `connection.host`; empty where it is the entry itself. */
export interface TargetIssue {
  field: string;
  label: string;
  message: string;
}

const fields: Readonly<Record<string, { label: string; help?: string; example?: string }>> = {
  id: { label: 'Id', help: 'Small letters, digits and single hyphens', example: 'web1' },
  name: { label: 'Name', example: 'Web 1' },
  connection: { label: 'Where it is' },
  'connection.kind': { label: 'Where it is' },
  'connection.host': { label: 'Host', help: 'A name, an address, or a Host of your ssh configuration', example: 'web1.example.com' },
  'connection.user': { label: 'User', help: 'Who logs in there', example: 'admin' },
  'connection.port': { label: 'Port', help: 'The port of its sshd', example: '22' },
  'connection.dialect': { label: 'Console type' },
  'connection.way': { label: 'Console' },
  'connection.way.device': { label: 'Device', help: 'The serial device of this machine', example: '/dev/ttyUSB0' },
  'connection.way.speed': { label: 'Speed', help: 'In baud', example: '115200' },
  'connection.way.path': { label: 'Path', help: 'The pair of FIFOs, without .in and .out', example: '/run/vm/web1' },
  'connection.way.host': { label: 'Management controller', help: 'Its name or address', example: 'bmc1.example.com' },
  'connection.way.user': { label: 'User', help: 'A user of the management controller', example: 'admin' },
  'connection.way.port': { label: 'Port', help: 'The port of the management controller', example: '623' },
  'connection.way.domain': { label: 'Virtual machine', help: 'Its name', example: 'web1' },
  'connection.way.connection': { label: 'Connection', help: 'A libvirt URI', example: 'qemu+ssh://host/system' },
  'connection.way.words': { label: 'Program', help: 'The program and its arguments' },
  root: { label: 'Root is reached by' },
  group: { label: 'Group', example: 'Rack 2' },
  tags: { label: 'Tags', help: 'One word each', example: 'web' },
  note: { label: 'Note' },
};

/** Of `path`, the longest part that is a field. */
function fieldAt(path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).map(String).join('.');
    if (fields[name]) return name;
  }
  return '';
}

/** One for each field that is wrong; none: it can be kept. */
export const targetIssues = (entry: unknown): TargetIssue[] => issuesOf(targetEntry, entry);
/** As the book of targets has it, with its id and nothing that is not known. */
export const keptTargetIssues = (entry: unknown): TargetIssue[] => issuesOf(target.strict(), entry);

/** All of them as one text that names each field. */
export const targetIssuesText = (issues: readonly TargetIssue[]): string =>
  issues.map(({ label, message }) => (message.startsWith(`${label} `) ? message : `${label}: ${message}`)).join(' ');

function issuesOf(schema: typeof targetEntry | typeof target, entry: unknown): TargetIssue[] {
  const { error } = schema.safeParse(entry, {
    error: (issue) => fieldIssueWords(issue, fields[fieldAt(issue.path ?? [])] ?? { label: 'It' }),
  });
  const found = new Map<string, TargetIssue>();
  for (const { path, message } of error?.issues ?? []) {
    const field = fieldAt(path);
    if (!found.has(field)) found.set(field, { field, label: fields[field]?.label ?? 'The entry', message: asSentence(message) });
  }
  return [...found.values()];
}
