/** Part 12: a long log searched for the symptoms of all procedures, beside grep and rg with the same literals in the same run. */
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { symptomRules } from '../../electron/backend/symptoms/symptom-rules.ts';
import { SymptomScan } from '../../electron/backend/symptoms/symptom-scan.ts';
import { catalogue } from '../../electron/backend/topics/topic-registry.ts';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { folder } from './workspace.ts';

const target = 300;
const lines = [
  'Nov 30 07:01:44 web1 sshd[3312]: Accepted publickey for greta from 10.1.4.20 port 51514 ssh2: ED25519 SHA256:abc',
  'Nov 30 08:22:32 mail postfix/smtp[812]: 4F1A2: to=<a@example.net>, relay=mx.example.net[198.51.100.25]:25, delay=0.8, status=sent (250 Ok)',
  'Nov 30 08:35:13 gw dhcpd[555]: DHCPACK on 10.0.0.120 to 00:50:56:aa:bb:cc (desk4) via eth1',
  'Nov 30 09:12:44 vpn ovpn-server[900]: greta/203.0.113.50:41000 TLS: soft reset sec=3308/3308 bytes=912833/-1 pkts=1022/0',
  '10.0.0.5 - - [30/Nov/2026:10:01:02 +0100] "GET /index.html HTTP/1.1" 200 5120 "-" "Mozilla/5.0"',
  'Nov 30 10:10:10 mon icinga2[1700]: information/Checkable: Notifications are disabled for service web1!load.',
];
/** One in so many lines is a symptom. */
const rare = 50_000;
const symptom = "Nov 30 10:11:00 ns1 named[812]: client @0x7f2c 10.0.0.21#50123: update 'corp.example.com/IN' denied";

export async function symptoms({ quick, rounds, say }: Surroundings): Promise<string> {
  const file = logOf(quick ? 100 : 1000);
  const megabytes = statSync(file).size / 1e6;
  const rules = symptomRules(catalogue);
  const literals = [...new Set(rules.filter(({ inLogs }) => inLogs).flatMap((rule) => rule.literals ?? []))];
  const list = path.join(folder('symptoms'), 'literals');
  writeFileSync(list, `${literals.join('\n')}\n`);
  const own: number[] = [];
  let found = 0;
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    const scan = new SymptomScan(rules);
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      scan.push(chunk as Buffer);
      most = Math.max(most, process.memoryUsage.rss() - before);
    }
    found = scan.end().length;
    own.push((performance.now() - begun) / 1000);
    say(`searched: ${(megabytes / (own.at(-1) ?? 1)).toFixed(0)} MB/s`);
  }
  const rows = [
    [`all ${rules.length} patterns of ${catalogue.length} topics`, against(megabytes / median(own), '≥', target, 0), '1', `${(most / 1e6).toFixed(0)} MB`],
  ];
  for (const [name, program, ...args] of [
    ['grep -i -F -f', 'grep', '-c', '-i', '-F', '-f', list, file],
    ['rg -i -F -f', 'rg', '-j1', '-c', '-i', '-F', '-f', list, file],
  ] as const) {
    if (spawnSync(program, ['--version']).status !== 0) {
      say(`${name} is left out: there is no ${program} here`);
      continue;
    }
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      spawnSync(program, args, { env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
      times.push((performance.now() - begun) / 1000);
    }
    rows.push([`${name}, ${literals.length} literals`, (megabytes / median(times)).toFixed(0), (median(times) / median(own)).toFixed(2), '–']);
  }
  if (found === 0) throw new Error('The search found nothing in a log that has symptoms.');
  return table([`A log of ${megabytes.toFixed(0)} MB`, 'MB/s', 'time against ours', 'memory beside its start'], rows);
}

/** Made once; `megabytes` of lines where all is well, and a few symptoms. */
function logOf(megabytes: number): string {
  const file = path.join(folder('symptoms'), `${megabytes}.log`);
  if (existsSync(file) && statSync(file).size >= megabytes * 1e6) return file;
  const out = openSync(file, 'w');
  for (let written = 0, line = 0; written < megabytes * 1e6; ) {
    const block: string[] = [];
    for (let at = 0; at < 10_000; at++, line++) block.push(line % rare === rare - 1 ? symptom : (lines[line % lines.length] ?? ''));
    written += writeSync(out, `${block.join('\n')}\n`);
  }
  return file;
}
