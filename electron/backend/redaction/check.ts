import { SecretAutomaton } from './secret-automaton.ts';
import { StreamRedactor, redactText } from './stream-redactor.ts';
const know = (s: string[], p: RegExp[] = []) => ({ automaton: s.length ? new SecretAutomaton(s) : null, patterns: p });
const S = `it's-Ünter "2+x`;
const k = know([S]);
const b = Buffer.from(S);
const forms: Record<string,string> = {
  plain: S, nfd: S.normalize('NFD'), sq: `'${S.replaceAll("'", "'\\''")}'`, dq: `"${S.replace(/["\\$`]/g, '\\$&')}"`, bs: S.replace(/[^A-Za-z0-9Ü]/g, '\\$&'),
  json: JSON.stringify(S), url: encodeURIComponent(S), form: new URLSearchParams({ a: S }).toString(), hex: b.toString('hex'), HEX: b.toString('hex').toUpperCase(),
  b0: b.toString('base64'), b1: Buffer.from('x' + S + 'y').toString('base64'), b2: Buffer.from('xy' + S + 'z').toString('base64'), b64url: b.toString('base64url'),
  sgr: [...S].join('\x1b[31m'), crlf: [...S].join('\r\n'), wrap: [...S].join(' \r'), bsp: [...S].join('z\b'), bspOnly: [...S].join('\b'), osc: `\x1b]0;${S}\x07`, oscIn: [...S].join('\x1b]0;t\x07'), utf16: Buffer.from(S, 'utf16le').toString('latin1'),
};
let bad = 0;
for (const [name, f] of Object.entries(forms)) {
  const whole = Buffer.from(`before ${f} after\n`, name === 'utf16' ? 'latin1' : 'utf8');
  const outs = new Set<string>(); let least = 99;
  for (let n = 0; n < 200; n++) {
    const r = new StreamRedactor(k); const out: Buffer[] = [];
    for (let at = 0; at < whole.length;) { const len = n === 0 ? whole.length : n === 1 ? 1 : 1 + Math.floor(Math.random() * 9); out.push(r.push(whole.subarray(at, at + len))); at += len; }
    out.push(r.end()); outs.add(Buffer.concat(out).toString('latin1')); least = Math.min(least, r.masked);
  }
  if (outs.size !== 1 || least < 1) { bad++; console.log('BAD', name, outs.size, least, JSON.stringify([...outs].slice(0, 2))); }
}
let differ = 0;
for (let n = 0; n < 3000; n++) {
  const noise = Buffer.from(Array.from({ length: 200 }, () => `it'sab2+x"\\ \x1b[m;\b\r\n%`[Math.floor(Math.random() * 23)] ?? '').join(''));
  const r = new StreamRedactor(k); const out: Buffer[] = [];
  for (let at = 0; at < noise.length;) { const len = 1 + Math.floor(Math.random() * 12); out.push(r.push(noise.subarray(at, at + len))); at += len; }
  out.push(r.end()); if (!Buffer.concat(out).equals(noise)) differ++;
}
console.log('forms', Object.keys(forms).length, 'bad', bad, '; secretless text changed', differ, 'of 3000');
console.log(redactText(know([], [/password = (\S+)/]), 'a\npassword = \x1b[1mhunter22\nb'), redactText(k, 'nothing'));
for (const [name, kk, line] of [['none', know([]), 'plain line of a log with words and 12345 numbers\r\n'], ['1 secret', know(['hunter2hunter2']), 'plain line of a log with words and 12345 numbers\r\n'], ['5 secrets', know(['hunter2hunter2','S3cr3t-key-9', 'correct horse', 'zzzzyyyy', 'AbCdEfGh']), 'plain line of a log with words and 12345 numbers\r\n'], ['1 secret, coloured', know(['hunter2hunter2']), '\x1b[32mok\x1b[0m line of a log with words 12345\r\n'], ['1 pattern', know([], [/password = (\S+)/]), 'plain line of a log with words and 12345 numbers\r\n']] as const) {
  const chunk = Buffer.from(line.repeat(Math.floor(65536 / line.length))); const r = new StreamRedactor(kk); const N = name === '1 pattern' ? 100 : 600;
  for (let i = 0; i < N / 10; i++) r.push(chunk);
  const t = performance.now(); for (let i = 0; i < N; i++) r.push(chunk); const ms = performance.now() - t;
  console.log(name, Math.round(chunk.length * N / 1e6 / (ms / 1000)), 'MB/s');
}
