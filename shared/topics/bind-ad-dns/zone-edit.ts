/** Merges the records into a zone’s file: what is right stays, what is missing is added, and the serial goes up. */
import { type EditRefusal, sameAddress } from '../../topic-kit/index.ts';
import { aliases, delegated, type Wanted, type WantedRecord, wantedRecords } from './ad-records.ts';
import { readZone, type SeenRecord } from './zone-reading.ts';
import { nextSerial } from './zone-serial.ts';
import { ZoneTrouble } from './zone-text.ts';

const heading = '; Active Directory: these names belong to the domain controllers';
const refuse = (rule: string, means: string, next: string): EditRefusal => ({ rule, means, next });

/** `today` as YYYYMMDD, for serials that are dates. Everything that is not replaced stays byte for byte. */
export function editZone(old: string, wanted: Wanted, today?: string): string | EditRefusal {
  try {
    return merged(old, wanted, today);
  } catch (thrown) {
    if (!(thrown instanceof ZoneTrouble)) throw thrown;
    return refuse(thrown.rule, thrown.message, 'Fix that line first; named-checkzone says whether it is.');
  }
}

function merged(old: string, wanted: Wanted, today?: string): string | EditRefusal {
  const zone = `${wanted.domain}.`;
  const records = wantedRecords(wanted);
  const addresses = new Map(wanted.controllers.map(({ host, address }) => [`${host}.`, address]));
  const { serial, seen, includes, signed } = readZone(old, zone, new Set([...records.map(({ owner }) => owner), ...addresses.keys()]));
  if (!serial)
    return refuse(
      'no-soa',
      `The file has no SOA record of ${wanted.domain}, so it is not the zone’s own file.`,
      includes
        ? 'It takes the SOA record from another file ($INCLUDE), whose serial this procedure does not raise. Put the SOA record into this file, or merge the records by hand.'
        : '"rndc zonestatus" shows which file that is.',
    );
  if (signed)
    return refuse('signed', 'The file holds signatures (RRSIG): a signer made it from another file.', 'Give that other file, and sign it again afterwards.');
  const next = nextSerial(serial.text, today);
  if (next === null)
    return refuse(
      'serial',
      `"${serial.text}" is not a serial number: it has to be a number up to 4294967295.`,
      'If a program fills it in, change that program’s source.',
    );

  const added: string[] = [];
  for (const [host, address] of addresses) {
    const trouble = addressTrouble(host, address, seen.get(host) ?? []);
    if (trouble === 'missing') added.push(`${host}\t${wanted.ttl}\tIN\t${address.includes(':') ? 'AAAA' : 'A'}\t${address}`);
    else if (trouble) return trouble;
  }
  const gone = new Set<SeenRecord>();
  for (const owner of new Set(records.map((record) => record.owner))) {
    const own = records.filter((record) => record.owner === owner);
    const there = seen.get(owner) ?? [];
    const trouble = ownerTrouble(owner, there, wanted, zone);
    if (trouble) return trouble;
    for (const record of there) if (replaced(record, own)) gone.add(record);
    const kept = there.filter((record) => !gone.has(record));
    for (const record of own) if (!kept.some((one) => same(one, record))) added.push(`${owner}\t${record.ttl}\tIN\t${record.type}\t${record.data}`);
  }
  if (gone.size === 0 && added.length === 0) return old;
  const lender = [...gone].find(({ lendsTtl }) => lendsTtl);
  if (lender)
    return refuse(
      'ttl-lent',
      `Line ${lender.line} must go, and the records below it take their lifetime from it.`,
      'Put a $TTL line at the top of the file, or write the lifetimes out.',
    );
  return rewritten(old, { seen: [...seen.values()].flat(), gone, added, serial, next });
}

/** `missing`, null where it is there, or why it can't be. */
function addressTrouble(host: string, address: string, there: readonly SeenRecord[]): 'missing' | null | EditRefusal {
  const alias = there.find(({ type }) => type === 'CNAME');
  if (alias)
    return refuse('controller-alias', `Line ${alias.line} makes ${host} an alias, and a zone can’t be handed to an alias.`, 'Give the controller’s own name.');
  const known = there.filter(({ type }) => type === (address.includes(':') ? 'AAAA' : 'A'));
  if (known.length === 0) return 'missing';
  if (known.some(({ data }) => sameAddress(data, address))) return null;
  return refuse(
    'address-differs',
    `Line ${known[0]?.line} says that ${host} has the address ${known[0]?.data}, not ${address}.`,
    'Find out which is right. Correct the file, or start again with the right address.',
  );
}

/** What stands at one of our names and can’t be replaced without a word. */
function ownerTrouble(owner: string, there: readonly SeenRecord[], { controllers }: Wanted, zone: string): EditRefusal | null {
  const isDelegated = delegated.some((name) => owner === `${name}.${zone}`);
  const isAlias = aliases.some(([name]) => owner === `${name}.${zone}`);
  const conflict = there.find(({ type }) => (isDelegated ? type === 'CNAME' : isAlias && type !== 'CNAME' && type !== 'SRV'));
  if (conflict)
    return refuse(
      'name-taken',
      `Line ${conflict.line} has a ${conflict.type} record for ${owner}, which can’t exist beside the record that is needed.`,
      'Remove that line first, if nobody needs it.',
    );
  const other = isAlias && there.find(({ type, data }) => type === 'SRV' && !controllers.some(({ host }) => data.endsWith(` ${host}.`)));
  if (other)
    return refuse(
      'other-server',
      `Line ${other.line} names a server for ${owner} that is not among the domain controllers: ${other.data.split(' ').at(-1)}`,
      'If it is a controller, start a new run with it in the list. If it is gone, remove that line. If it is another LDAP or Kerberos server, this procedure is not for this domain.',
    );
  return null;
}

const same = (one: SeenRecord, wanted: WantedRecord) => one.type === wanted.type && one.data === wanted.data && one.ttl === wanted.ttl;
/** Records of the kinds that are managed at this name, and that are not as wanted. */
const replaced = (record: SeenRecord, own: readonly WantedRecord[]) =>
  ['NS', 'CNAME', 'SRV'].includes(record.type) && !own.some((wanted) => same(record, wanted));

interface Rewriting {
  seen: readonly SeenRecord[];
  gone: ReadonlySet<SeenRecord>;
  added: readonly string[];
  serial: { text: string; at: number };
  next: string;
}
function rewritten(old: string, { seen, gone, added, serial, next }: Rewriting): string {
  const changes = [{ start: serial.at, end: serial.at + serial.text.length, text: next }];
  let ownerGone = false;
  for (const record of [...seen].sort((a, b) => a.start - b.start)) {
    if (gone.has(record)) {
      changes.push({ start: record.start, end: record.end, text: '' });
      if (record.ownerWritten) ownerGone = true;
    } else {
      // A line that took its owner from a line above that is gone says it itself now.
      if (!record.ownerWritten && ownerGone) changes.push({ start: record.start, end: record.start, text: record.owner });
      ownerGone = false;
    }
  }
  const lineEnd = /\r\n[^\n]*$/.test(old) ? '\r\n' : '\n';
  const kept = apply(old, changes);
  if (added.length === 0) return kept;
  const headed = old.includes(heading) ? added : [heading, ...added];
  return `${kept}${kept.endsWith('\n') ? '' : lineEnd}${headed.map((line) => `${line}${lineEnd}`).join('')}`;
}

function apply(text: string, changes: { start: number; end: number; text: string }[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const change of changes.sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, change.start), change.text);
    at = change.end;
  }
  return pieces.join('') + text.slice(at);
}
