/** Runs the parts that were asked for and prints their tables. */
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.ts';
import { connect } from './connect.ts';
import { doctor } from './doctor.ts';
import { exportsPart } from './exports.ts';
import { files } from './files.ts';
import { fleet } from './fleet.ts';
import { flood } from './flood.ts';
import { latency } from './latency.ts';
import { media } from './media.ts';
import { memory } from './memory.ts';
import { servePage } from './page-server.ts';
import { paint } from './paint.ts';
import type { Peer } from './peers/peer.ts';
import { findTtyd } from './peers/ttyd.ts';
import { findWetty } from './peers/wetty.ts';
import { recordCost } from './record-cost.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';
import { symptoms } from './symptoms.ts';
import { type Surroundings, throughput } from './throughput.ts';
import { folder } from './workspace.ts';

const parts = {
  throughput: async (surroundings: Surroundings) => throughput(surroundings, await findPeers(surroundings.say)),
  latency,
  flood,
  memory,
  steps,
  paint,
  search,
  exports: exportsPart,
  record: recordCost,
  files,
  connect,
  media,
  symptoms,
  doctor,
  fleet,
};
type Part = keyof typeof parts;
const names = Object.keys(parts) as Part[];

const usage = `Usage: npm run bench -- [--quick] [--only PART[,PART]] [--rounds N] [--load N] [--no-peers]
Parts: ${names.join(', ')}`;
const { values } = parsed();
const wanted = values.only?.flatMap((given) => given.split(',')) ?? names;
const unknown = wanted.find((name) => !names.includes(name as Part));
if (unknown) {
  console.error(`There is no part "${unknown}".\n${usage}`);
  process.exit(2);
}

function parsed() {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    load: { type: 'string' },
    peers: { type: 'boolean', default: true },
    help: { type: 'boolean' },
  } as const;
  try {
    const found = parseArgs({ options, allowNegative: true });
    if (!found.values.help) return found;
    console.log(usage);
    process.exit(0);
  } catch (thrown) {
    console.error(`${(thrown as Error).message}\n${usage}`);
    process.exit(2);
  }
}

/** A peer that can't be had is left out with its reason. */
async function findPeers(say: (line: string) => void): Promise<Peer[]> {
  if (!values.peers) return [];
  const found: Peer[] = [];
  for (const [name, find] of Object.entries({ ttyd: findTtyd, wetty: findWetty })) {
    try {
      found.push(await find());
    } catch (thrown) {
      say(`${name} is left out: ${(thrown as Error).message}`);
    }
  }
  return found;
}

// What an earlier benchmark that was cut off left behind: recordings of gigabytes.
rmSync(folder('runs'), { recursive: true, force: true });
const browser = await openBrowser();
const pages = await servePage();
const say = (line: string) => console.error(`  ${line}`);
const surroundings: Surroundings = { browser, pages, quick: values.quick, load: values.load, rounds: Number(values.rounds ?? (values.quick ? 1 : 3)), say };
console.log(`Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, Chromium ${browser.version}, DOM renderer`);
console.log(`Throughput: medians of ${surroundings.rounds}. Frames travel over a loopback WebSocket in place of Electron's MessagePort.`);
try {
  for (const name of names.filter((part) => wanted.includes(part))) console.log(`\n${await parts[name](surroundings)}`);
} finally {
  await browser.close();
  pages.close();
}
