/** The property list of the job org.cups.cupsd, in XML. Pure. */
import { type EditRefusal, plistValue, setPlist } from '../../topic-kit/index.ts';

/** No longer ended under memory pressure. A key that is not there is not added: that system may not know it. */
export function withoutPressuredExit(old: string): string | EditRefusal {
  const refusal = notTheJob(old);
  if (refusal) return refusal;
  if (plistValue(old, ['EnablePressuredExit']) === undefined)
    return {
      rule: 'no-key',
      means: 'The job has no EnablePressuredExit, so this system may not know it.',
      next: 'Undo this run, and start a new one with the other way.',
    };
  return setPlist(old, ['EnablePressuredExit'], false);
}

const loopback = /<key>SockNodeName<\/key>\s*<string>(?:::1|127\.0\.0\.1|localhost)<\/string>\s*/g;

/** launchd listens on port 631 of all addresses: node names of the loopback are taken out; where there are no such listeners, one is added. */
export function withOpenListener(old: string): string | EditRefusal {
  const refusal = notTheJob(old);
  if (refusal) return refusal;
  const listeners = plistValue(old, ['Sockets', 'Listeners']);
  if (!listeners?.startsWith('<array>') || old.split(listeners).length !== 2)
    return {
      rule: 'other-sockets',
      means: 'The job has no list Sockets, Listeners in the usual form.',
      next: 'Compare it with that of another Mac of the same version, and make the change by hand.',
    };
  return old.replace(listeners, () => opened(listeners));
}

function opened(listeners: string): string {
  if (isOpen(listeners)) return listeners;
  const widened = listeners.replace(loopback, '');
  if (widened !== listeners) return widened;
  const end = listeners.includes('\r\n') ? '\r\n' : '\n';
  const indent = /\n([ \t]*)<dict>/.exec(listeners)?.[1] ?? '\t\t\t';
  const item = ['<dict>', '\t<key>SockServiceName</key>', '\t<string>ipp</string>', '</dict>'].map((line) => `${indent}${line}`).join(end);
  const last = listeners.lastIndexOf('</dict>') + '</dict>'.length;
  return last < '</dict>'.length ? listeners : `${listeners.slice(0, last)}${end}${item}${listeners.slice(last)}`;
}

/** Whether a listener names a service and no address. */
const isOpen = (listeners: string) =>
  listeners.split('<dict>').some((item) => item.includes('<key>SockServiceName</key>') && !item.includes('<key>SockNodeName</key>'));

function notTheJob(text: string): EditRefusal | null {
  const read = setPlist(text, ['Label'], 'org.cups.cupsd');
  if (typeof read !== 'string') return read;
  if (read === text) return null;
  return { rule: 'other-job', means: 'The file is not that of the job org.cups.cupsd.', next: 'Look at it with "plutil -p", and put the right one there.' };
}
