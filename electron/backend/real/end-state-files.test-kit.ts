/** Files that two equal machines have with different bytes: they are compared by what they mean. Each of a named procedure, and for a reason. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Picture, pictureOf } from './picture.test-kit.ts';

interface Meant {
  /** By relative path in the lab's folder. */
  files: RegExp;
  because: string;
  read: (content: string) => string;
}

/** A rehearsal's paths begin with `root/` where a host's begin with `/`. */
const asOnAHost = (content: string) => content.replace(/(^|[\s"=])root\//gm, '$1/');

/** The members of an archive: all but their times. */
function members(content: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-members-'));
  try {
    const { status, stderr } = spawnSync('tar', ['-C', folder, '-xpf', '-'], { input: Buffer.from(content, 'latin1') });
    if (status !== 0) throw new Error(`The archive could not be read: ${stderr}`);
    return JSON.stringify(pictureOf(folder), null, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const meant: Readonly<Record<string, Meant>> = {
  'ad-schema-apple': { files: /\/samba-backup-[^/]*\.tar\.bz2$/, because: 'an archive has the times of its files', read: members },
  'apache-digest-freeze': {
    files: /^root\/etc\/apache2\/conf-enabled\/wrenchbook-status\.conf$/,
    because: 'its key is made at random',
    read: (content) => content.replace(/\b[0-9a-f]{32}\b/, 'KEY'),
  },
  'icinga2-crl': { files: /^root\/var\/lib\/icinga2\/ca\/crl\/ca\.cnf$/, because: 'it names places', read: asOnAHost },
  'osx-server-iscsi': { files: /^mac\.state$/, because: 'the service’s setting names a place', read: asOnAHost },
};

/** What a file of the procedure's lab holds, as it is compared. */
export const meaningOf =
  (topicId: string) =>
  (content: string, relative: string): string => {
    const special = meant[topicId];
    return special?.files.test(relative) ? special.read(content) : content;
  };

/** Whether a picture of the procedure's lab has what is compared so; true where it has nothing of the kind. */
export const hasWhatIsMeant = (topicId: string, picture: Picture): boolean => {
  const special = meant[topicId];
  return special === undefined || Object.keys(picture).some((name) => special.files.test(name));
};

/** What is said of them, a line each. */
export const comparedByMeaning = Object.entries(meant).map(([id, { files, because }]) => `Of ${id}, ${files} is compared by what it means: ${because}.`);
