/** What is typed on the Mac to see where things are, and what is expected there. */
import { escapeRegExp, file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';

const core = (volume: string) => file(`/Volumes/${volume}/System/Library/CoreServices`);
const applications = (volume: string) => file(`/Volumes/${volume}/Applications`);

/** Also the volume that the machine runs from has its name below /Volumes. */
export const showBooted = sh`diskutil info / | grep 'Volume Name'`;
export const showSystem = (volume: string): Script => sh`grep -A 1 ProductVersion ${core(volume)}/SystemVersion.plist 2> /dev/null
ls ${core(volume)}/*Version.plist 2> /dev/null | cat`;
export const showApps = (volume: string): Script => sh`ls ${applications(volume)} | cat`;

/** Whether one of the two apps is still there. */
export const showAppsLeft = (volume: string): Script => sh`ls -d ${applications(volume)} | sed 's/.*/Looked into &/'
ls ${applications(volume)} | grep -e '^Install Mac OS X Lion\\.app$' -e '^Server\\.app$' || echo ${'Neither app is there.'}`;

const expected = (id: string, pattern: RegExp, means: string, missing: string, next: string, remedies: readonly string[] = []): Matcher => ({
  kind: 'expected',
  id,
  pattern,
  means,
  missing,
  next,
  remedies,
});

export const runsFrom = (volume: string, next: string): Matcher =>
  expected('runs-from', new RegExp(`Volume Name:\\s+${escapeRegExp(volume)}$`), `The Mac runs from ${volume}.`, `The Mac does not run from ${volume}.`, next);

export const hasSystem = (id: string, volume: string, version: RegExp, what: string, next: string, remedies: readonly string[] = []): Matcher =>
  expected(id, version, `${volume} has ${what}.`, `${volume} does not have ${what}.`, next, remedies);
export const lionVersion = /<string>10\.7(\.\d+)?<\/string>/;

export const isServer = (volume: string, next: string, remedies: readonly string[] = []): Matcher =>
  expected('is-server', /CoreServices\/ServerVersion\.plist$/, `${volume} is a server.`, `${volume} has a client, not a server.`, next, remedies);

/** Both, as they are needed together. */
export const hasApps = (volume: string, next: string, remedies: readonly string[]): Matcher[] => [
  expected('installer', /^Install Mac OS X Lion\.app$/, `${volume} has the installer.`, `The installer is not on ${volume}.`, next, remedies),
  expected('server-app', /^Server\.app$/, `${volume} has the Server app.`, `The Server app is not on ${volume}.`, next, remedies),
];

export const noApps = (volume: string): Matcher =>
  expected('no-apps', /^Neither app is there\.$/, `Neither app is on ${volume} any more.`, `An app is still on ${volume}.`, 'Move it to the trash by hand.');
