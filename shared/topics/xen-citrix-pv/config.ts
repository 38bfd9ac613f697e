/** The device model in a domain's configuration: of xm, which is Python, and of xl, which has a syntax of its own that looks like it. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

type Toolstack = Parameters['toolstack'];
/** xl took the old name as obsolete in 4.2. */
export const deviceModelKey = (toolstack: Toolstack) => (toolstack === 'xm' ? 'device_model' : 'device_model_override');

const refuse = (rule: string, means: string, next: string): EditRefusal => ({ rule, means, next });

/**
 * The text with `wrapper` as the device model: in the place of the assignment that counts (the last one), else as a line at the end.
 * Everything else, line ends and comments, stays byte for byte.
 */
export function editConfig(
  old: string,
  { toolstack, deviceModel, wrapper }: { toolstack: Toolstack; deviceModel: string; wrapper: string },
): string | EditRefusal {
  const key = deviceModelKey(toolstack);
  if (/'''|"""/.test(old))
    return refuse('odd', 'It has a multi-line string (three quotes), which Wrenchbook does not read.', `Put ${key} = '${wrapper}' in by hand.`);
  const lines = old.split('\n');
  const code = lines.map(withoutComment);
  if (!code.some((line) => /^\s*(builder\s*=\s*(['"])hvm\2|type\s*=\s*(['"])hvm\3)\s*;?\s*$/.test(line)))
    return refuse(
      'not-hvm',
      'It is not the configuration of an HVM domain: there is no builder = "hvm".',
      'Windows runs in HVM domains. Check whether it is the right file.',
    );
  const misfit = toolstack === 'xl' ? otherKind(code, deviceModel) : null;
  if (misfit) return misfit;
  const hits = code.flatMap((line, at) => (new RegExp(`^\\s*${key}\\s*=`).test(line) ? [at] : []));
  const at = hits.at(-1);
  if (at === undefined) return appended(old, `${key} = ${quoted(wrapper, toolstack)}`);
  const line = lines[at] ?? '';
  const own = code[at] ?? '';
  if (/^\s/.test(own)) return refuse('conditional', `${key} is set inside an "if" or a list.`, `Put the wrapper in by hand: ${wrapper}.`);
  if (/\\\s*$/.test(own)) return refuse('odd', `The line with ${key} continues on the next line.`, `Put the wrapper in by hand: ${wrapper}.`);
  const [, head = '', value = '', tail = ''] = splitSetting(own);
  const plain = /^(['"])([^'"\\]*)\1$/.exec(value)?.[2];
  if (plain === wrapper) return old;
  if (plain !== deviceModel && !(plain === undefined && toolstack === 'xm' && canBuild(value, deviceModel)))
    return refuse(
      'other-device-model',
      `Another device model is set: ${value}.`,
      `If the wrapper should start that one, start a new run with it as the device model. A stub domain can’t be wrapped.`,
    );
  lines[at] = `${head}${quoted(wrapper, toolstack)}${tail}${line.slice(own.length)}`;
  return lines.join('\n');
}

const sum = /^(?:\w+|'[^'\\]*'|"[^"\\]*")(?:\s*\+\s*(?:\w+|'[^'\\]*'|"[^"\\]*"))+$/;

/**
 * Whether a path that is put together can be this one: the example files of xm have '/usr/' + arch_libdir + '/xen/bin/qemu-dm'. What the
 * variables hold is not known, but all that is spelt out has to be there, in its order.
 */
function canBuild(value: string, deviceModel: string): boolean {
  if (!sum.test(value)) return false;
  const parts = value.match(/\w+|'[^']*'|"[^"]*"/g) ?? [];
  const spelt = parts.map((part) => (/^['"]/.test(part) ? part.slice(1, -1) : null));
  let at = 0;
  for (const [index, text] of spelt.entries()) {
    if (text === null) continue;
    const there = index === 0 ? 0 : index === spelt.length - 1 ? deviceModel.length - text.length : deviceModel.indexOf(text, at);
    if (there < at || !deviceModel.startsWith(text, there)) return false;
    at = there + text.length;
  }
  return /^['"]/.test(value) && value.endsWith(`/qemu-dm${value.slice(-1)}`);
}

/**
 * xl gives its arguments by the kind of the device model, not by the program: from Xen 4.3 on, the newer kind where none is named.
 * A stub domain's is another program.
 */
function otherKind(code: readonly string[], deviceModel: string): EditRefusal | null {
  const last = (key: string) => code.flatMap((line) => new RegExp(`^\\s*${key}\\s*=\\s*['"]?([\\w-]+)`).exec(line)?.[1] ?? []).at(-1);
  if ((last('device_model_stubdomain_override') ?? '0') !== '0')
    return refuse('stub-domain', 'Its device model runs in a stub domain.', 'A stub domain can’t be wrapped: leave this domain out.');
  const wanted = deviceModel.endsWith('/qemu-dm') ? 'qemu-xen-traditional' : 'qemu-xen';
  const named = last('device_model_version');
  if (named === wanted || (named === undefined && wanted === 'qemu-xen')) return null;
  return refuse(
    'other-kind',
    `${deviceModel} is a device model of the kind ${wanted}, and ${named === undefined ? 'no kind is named' : `device_model_version is "${named}"`}.`,
    wanted === 'qemu-xen'
      ? 'Start a new run with /usr/lib/xen/bin/qemu-dm, or the path of the traditional one.'
      : `"ps ax" shows what runs the domain now. If it is qemu-dm, write device_model_version = "${wanted}" into its configuration; if it is qemu-system-i386, start a new run with that program.`,
  );
}

/** As each of the two writes a string. */
const quoted = (path: string, toolstack: Toolstack) => (toolstack === 'xm' ? `'${path}'` : `"${path}"`);

function appended(old: string, line: string): string {
  const end = old.includes('\r\n') ? '\r\n' : '\n';
  const open = old !== '' && !old.endsWith('\n');
  return `${old}${open ? end : ''}${line}${open ? '' : end}`;
}

/** Without the comment behind it; a # in quotes begins none. Carriage returns stay with the comment's side. */
function withoutComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] ?? '';
    if (quote === '' && (letter === '#' || letter === '\r')) return line.slice(0, at);
    if (quote === '' && (letter === "'" || letter === '"')) quote = letter;
    else if (letter === quote) quote = '';
  }
  return line;
}

/** `key = `, the value, and what comes behind it: blanks, and the semicolon that xm allows. */
function splitSetting(line: string): [line: string, head: string, value: string, tail: string] | [] {
  const head = /^[^=]*=\s*/.exec(line)?.[0];
  if (head === undefined) return [];
  const value = line.slice(head.length).trimEnd().replace(/;$/, '').trimEnd();
  return [line, head, value, line.slice(head.length + value.length)];
}
