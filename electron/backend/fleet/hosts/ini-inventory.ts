/** Ansible's INI inventories in their usual forms: groups, children, variables, ranges. A line that can't be read costs that line. Pure. */
import { parse } from 'yaml';
import { expandRanges, splitPort } from './host-list.ts';
import { type Inventory, InventoryDraft } from './inventory-entry.ts';

export function readIniInventory(text: string): Inventory {
  const draft = new InventoryDraft();
  let section: { group: string; kind: 'hosts' | 'vars' | 'children' | 'unknown' } = { group: 'ungrouped', kind: 'hosts' };
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const trouble = (why: string) => void draft.troubles.push({ entry: `line ${index + 1}: ${line.slice(0, 200)}`, why });
    const header = /^\[([^\]:]+)(?::(\w+))?\]\s*(?:[#;].*)?$/.exec(line);
    if (header) {
      const kind = header[2] ?? 'hosts';
      section = { group: header[1] ?? '', kind: kind === 'hosts' || kind === 'vars' || kind === 'children' ? kind : 'unknown' };
      if (section.kind === 'unknown') trouble(`"${kind}" is not hosts, children or vars; its lines are left out`);
      continue;
    }
    try {
      if (section.kind === 'vars') draft.vars(section.group, assignment(line));
      else if (section.kind === 'children') draft.child(section.group, groupName(line));
      else if (section.kind === 'hosts') hostLine(line, section.group, draft);
    } catch (thrown) {
      trouble((thrown as Error).message);
    }
  }
  return draft.result;
}

function hostLine(line: string, group: string, draft: InventoryDraft): void {
  const [pattern = '', ...rest] = words(line);
  if (!/^[\p{L}\p{N}_.:@%[\]-]+$/u.test(pattern) || pattern.startsWith('-')) throw new Error(`"${pattern}" is not a host name`);
  const vars = Object.assign({}, ...rest.map(assignment)) as Record<string, unknown>;
  const { before, digits } = splitPort(pattern);
  const port = digits !== null && /\D/.test(before) && before.split(':').length < 3 ? Number(digits) : null;
  const names = expandRanges(port === null ? pattern : before);
  for (const name of names) draft.host(name, group, { ...(port !== null && { ansible_port: port }), ...vars });
}

function groupName(line: string): string {
  const [name = ''] = words(line);
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) throw new Error(`"${name}" is not the name of a group`);
  return name;
}

function assignment(text: string): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`"${text}" is not NAME=VALUE`);
  return { [text.slice(0, at).trim()]: literal(text.slice(at + 1).trim()) };
}

/** Numbers and truth values as such, everything else as text, as Ansible's literals are. */
function literal(text: string): unknown {
  if (/^-?\d{1,15}(?:\.\d+)?$/.test(text) && !/^-?0\d/.test(text)) return Number(text);
  if (/^(?:True|False|true|false)$/.test(text)) return text.toLowerCase() === 'true';
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}

/** As a shell parts them: quotes hold blanks together; an unquoted # begins a comment. */
function words(line: string): string[] {
  const found: string[] = [];
  let word = '';
  let quote = '';
  let inside = false;
  for (const character of line) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      inside = true;
    } else if (character === '#' && word === '' && !inside) break;
    else if (/\s/.test(character)) {
      if (word !== '' || inside) found.push(word);
      [word, inside] = ['', false];
    } else word += character;
  }
  if (quote !== '') throw new Error('a quote is not closed');
  return word !== '' || inside ? [...found, word] : found;
}

/** Inventories in YAML: groups with hosts, vars and children. Throws Error where it is not YAML at all. */
export function readYamlInventory(text: string): Inventory {
  const draft = new InventoryDraft();
  const top = parse(text) as unknown;
  if (!isMap(top)) throw new Error('it has no groups');
  for (const [name, group] of Object.entries(top)) yamlGroup(name, group, draft);
  return draft.result;
}

function yamlGroup(name: string, group: unknown, draft: InventoryDraft): void {
  if (group === null || group === undefined) return;
  const wrong = (entry: string, why: string) => void draft.troubles.push({ entry, why });
  if (!isMap(group)) {
    wrong(name, 'a group has hosts, vars and children, each a map');
    return;
  }
  for (const [key, value] of Object.entries(group)) {
    if (value === null) continue;
    if (!isMap(value) || !['hosts', 'vars', 'children'].includes(key)) wrong(`${name}: ${key}`, 'it is not a map of hosts, vars or children');
    else if (key === 'vars') draft.vars(name, value);
    else if (key === 'hosts') for (const [pattern, vars] of Object.entries(value)) yamlHosts(pattern, vars, name, draft);
    else
      for (const [child, inner] of Object.entries(value)) {
        draft.child(name, child);
        yamlGroup(child, inner, draft);
      }
  }
}

function yamlHosts(pattern: string, vars: unknown, group: string, draft: InventoryDraft): void {
  try {
    if (vars !== null && vars !== undefined && !isMap(vars)) throw new Error('what is behind a host is a map of variables');
    if (!/^[\p{L}\p{N}_.:@%[\]-]+$/u.test(pattern) || pattern.startsWith('-')) throw new Error('it is not a host name');
    for (const name of expandRanges(pattern)) draft.host(name, group, vars ?? {});
  } catch (thrown) {
    draft.troubles.push({ entry: `${group}: ${pattern}`, why: (thrown as Error).message });
  }
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
