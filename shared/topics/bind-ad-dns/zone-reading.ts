/** What matters of a zone’s file: its SOA, and the records at names that are asked for. */
import { absoluteName, ttlSeconds, type ZoneEntry, type ZoneWord, zoneEntries } from './zone-text.ts';

export interface SeenRecord {
  owner: string;
  type: string;
  /** In the form of `wantedRecords`: names absolute, in small letters, one space between words. */
  data: string;
  /** Seconds, its own or what holds for it. */
  ttl: number;
  line: number;
  start: number;
  end: number;
  ownerWritten: boolean;
  /** Records below it have no lifetime of their own and take this one’s, as there is no $TTL. */
  lendsTtl: boolean;
}
export interface ReadZone {
  /** Of the zone’s own SOA record; null where there is none. */
  serial: ZoneWord | null;
  seen: ReadonlyMap<string, SeenRecord[]>;
  includes: boolean;
  /** It has signatures: a program makes it. */
  signed: boolean;
}

/** Throws ZoneTrouble. */
export function readZone(text: string, zone: string, owners: ReadonlySet<string>): ReadZone {
  const seen = new Map<string, SeenRecord[]>();
  let serial: ZoneWord | null = null;
  let includes = false;
  let signed = false;
  let usual: number | null = null;
  let lent = null as { ttl: number; by: SeenRecord | null } | null;
  for (const entry of zoneEntries(text, zone)) {
    if (entry.directive === '$INCLUDE') includes = true;
    if (entry.directive === '$TTL') usual = ttlOf(entry);
    if (entry.directive !== null) continue;
    if (entry.type === 'RRSIG') signed = true;
    if (entry.type === 'SOA' && entry.owner === zone && !serial) {
      serial = entry.data[2] ?? null;
      // As BIND does: without any lifetime so far, the SOA's last field holds for all that have none.
      if (entry.ttl === null && usual === null) usual = ttlSeconds(entry.data[6]?.text ?? '');
    }
    if (entry.ttl === null && usual === null && lent?.by) lent.by.lendsTtl = true;
    const record: SeenRecord | null = owners.has(entry.owner) ? seenRecord(entry, entry.ttl ?? usual ?? lent?.ttl ?? 0) : null;
    if (record) {
      const there = seen.get(record.owner);
      if (there) there.push(record);
      else seen.set(record.owner, [record]);
    }
    if (entry.ttl !== null) lent = { ttl: entry.ttl, by: record };
  }
  return { serial, seen, includes, signed };
}

const ttlOf = ({ data }: ZoneEntry) => ttlSeconds(data[0]?.text ?? '');

function seenRecord({ owner, type, data, line, start, end, ownerWritten, origin }: ZoneEntry, ttl: number): SeenRecord {
  const words = data.map(({ text }) => text);
  const name = ['NS', 'CNAME', 'SRV'].includes(type) ? words.pop() : undefined;
  const text = [...words.map((word) => word.toLowerCase()), ...(name === undefined ? [] : [absoluteName(name, origin)])].join(' ');
  return { owner, type, data: text, ttl, line, start, end, ownerWritten, lendsTtl: false };
}
