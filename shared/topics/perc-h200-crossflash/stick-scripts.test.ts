/** The scripts for the stick: which words they use, and that their lines are the live ones. Their text is in the conformance suite's snapshot. */
import { describe, expect, it } from 'vitest';
import { type ConsoleStep, makePlan } from '../../topic-kit/index.ts';
import { labDefaults, parameters } from './parameters.ts';
import { say } from './script-text.ts';
import { steps } from './steps.ts';
import { asks, stickScripts } from './stick-scripts.ts';
import { topic } from './topic.ts';

const values = parameters.parse({ ...labDefaults, stickFolder: '/media/wren/STICK', leaveOutBootRom: false });
const live = steps(values, false).filter((step): step is ConsoleStep => step.kind === 'console' && step.id !== 'find-stick');
const scripts = stickScripts(live);
const linesOf = (name: string) => scripts.find((script) => script.name === name)?.lines.map((line) => line.trim()) ?? [];
const startup = linesOf('startup.nsh');
const again = linesOf('again.nsh');

describe('the scripts on the stick', () => {
  it('run the lines that are typed live, in their order and folders', () => {
    const way = { by: 'serial', device: '/dev/ttyS0', speed: 115_200 } as const;
    const rendering = { label: 'console', rehearsal: false, console: 'uefi-shell', mapFile: (file: string) => file } as const;
    const plan = makePlan(topic, values, { kind: 'console', console: { way, dialect: 'uefi-shell' } }, rendering);
    const typed = plan.steps.flatMap(({ id, typed: texts }) => (id === 'find-stick' || id === 'boot-server' ? [] : [texts?.script, texts?.verify]));
    const wanted = typed.flatMap((text) => (text ? [{ directory: text.directory, line: text.lines[0] }] : []));
    let directory = '';
    const ran = startup.flatMap((line) => {
      if (line.startsWith('cd ')) directory = line.slice(3);
      return /^(sas2flash|type SAS|reset)/.test(line) ? [{ directory, line: line.replace(/ >a .*/, '') }] : [];
    });
    // Lists are asked for twice.
    const once = (lines: readonly { directory: string | null; line: string | undefined }[]) =>
      lines.map(({ directory: at, line }) => `${at ?? '\\'}> ${line}`).filter((text, index, all) => text !== all[index - 1]);
    expect(once(ran)).toEqual(once(wanted));
  });

  it('keep to words that both versions of the shell know', () => {
    const known =
      /^(echo -off|#.*|echo "[ -~]*"( >>?a \\\S+)?|if exist (fs\d+:)?\\\S+ then|if x%1 == x\d+ then|endif|goto [A-Z]+\d*|:[A-Z]+\d*|fs\d+:|cd \\\S*|pause|(type|rm -q) \\?\S+|ver >a \\\S+|reset|startup\.nsh|sas2flash\.efi [^>]*( >a \\\S+)?|type \S+ >a \\\S+)$/;
    for (const line of [...startup, ...again]) expect(line).toMatch(known);
    for (const line of [...startup, ...again]) if (line.startsWith('echo "')) expect(/^echo "([^"]*)"/.exec(line)?.[1]).not.toMatch(/^-|[%^#<>|;?*]/);
  });

  it('jump only to labels that are there once, and close every if', () => {
    for (const lines of [startup, again]) {
      const labels = lines.filter((line) => line.startsWith(':')).map((line) => line.slice(1));
      expect(new Set(labels).size).toBe(labels.length);
      for (const line of lines) if (line.startsWith('goto ')) expect(labels).toContain(line.slice(5));
      expect(lines.filter((line) => line.startsWith('if ')).length).toBe(lines.filter((line) => line === 'endif').length);
    }
  });

  it('never redirect what asks while it writes', () => {
    const asking = live.filter(asks);
    expect(asking.map(({ id }) => id)).toEqual(['write-p07']);
    const from = startup.indexOf('goto N6');
    const part = startup.slice(from, startup.indexOf(':N6'));
    expect(part).toContain('sas2flash.efi -o -f 2118it.bin');
    expect(part.filter((line) => line.includes('sas2flash.efi') && line.includes('>'))).toEqual([]);
  });

  it('erase only behind their gate, and after the address is on the stick', () => {
    const at = (line: string) => startup.indexOf(line);
    expect(at('if exist \\H200LOGS\\ERASE.YES then')).toBeGreaterThan(0);
    expect(at('if exist \\H200LOGS\\ERASE.YES then')).toBeLessThan(at('sas2flash.efi -o -e 6 >a \\H200LOGS\\ERASE.TXT'));
    expect(at('sas2flash.efi -c 0 -list >a \\SAS-ADDRESS.TXT')).toBeLessThan(at('if exist \\H200LOGS\\ERASE.YES then'));
    // From before the gate on, it has to be allowed anew: it may be another card by now. From the erase on, it is allowed still.
    const erase = live.findIndex(({ confirm }) => confirm) + 1;
    expect(again.slice(again.indexOf(`:A${erase - 1}`), again.indexOf(`:A${erase}`)).join('\n')).toContain('rm -q \\H200LOGS\\ERASE.YES');
    expect(again.slice(again.indexOf(':A1'), again.indexOf(':A2')).join('\n')).toContain('rm -q \\H200LOGS\\ERASE.YES');
    expect(again.slice(again.indexOf(`:A${erase}`)).join('\n')).not.toContain('ERASE.YES');
  });
});

describe('text on the screen', () => {
  it('is ASCII, holds nothing that the shell acts on, and is broken into lines', () => {
    expect(say('Dell’s “image” … 50% <a> #1; what? a*b|c^d “x”')).toEqual([`echo "Dell's 'image' ... 50 a 1, what abcd 'x'"`]);
    const lines = say('word '.repeat(40), 'Harmless: ');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(76 + 'echo ""'.length);
    expect(lines[1]).toMatch(/^echo " {10}word/);
  });
});
