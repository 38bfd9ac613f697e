/** Shared printers of OS X 10.9 to 10.11 vanish: memory pressure has ended cupsd, and other computers cannot wake it. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'cupsd-idle-exit',
  version: 1,
  title: 'Printer sharing stops on OS X 10.9 to 10.11',
  summary: 'Not needed from macOS 10.12 on. Keeps memory pressure from ending cupsd, or lets other computers wake it, by one change in its launchd job.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'Changes one property list of the system. On 10.11 System Integrity Protection is off meanwhile.' },
  minutes: 25,
  fixes: ['Shared printers vanish for other computers at random, and come back with the next local job.'],
  needs: ['Root on the Mac.', 'On 10.11: somebody at the Mac, for two restarts into the Recovery system.', 'Nothing that is being printed.'],
  cannotUndo: ['System Integrity Protection is switched off and on by you.', 'cupsd is ended once, as a test.'],
  corrections: [
    'Not needed from macOS 10.12 on: Apple has set EnablePressuredExit to false in CUPS in December 2015. Update if you can.',
    'The source lets launchd listen on all addresses. Upstream’s own cure opens no port: it is the first choice here, where the job has the key.',
    'The source’s path is doubled in its commands for 10.11, and a quote of its third command ends too late. The job is stopped by its label org.cups.cupsd, without ".plist". Its order of unload and load is right.',
    'A listener is found by what it is, not by its number, and the text is changed only there: PlistBuddy would write the whole file in its own form.',
    'A system update replaces the file: check again after each.',
    'Uncertain: whether 10.9 knows EnablePressuredExit. Uncertain: whether launchd logs "Address already in use" for one of two listeners without an address; the source ran it so.',
    'Not tried on a Mac: launchctl, plutil and csrutil were simulated, from what is known of them.',
    'IdleExitTimeout of cupsd.conf is another, ordinary exit. It does not happen while printers are shared.',
  ],
  sources: [
    'Notes on printers shared from OS X 10.9, 10.10 and 10.11',
    'The launchd job in the source of CUPS, and its history',
    'launchd.plist(5), csrutil(8)',
  ],
  search,
  symptoms: [
    {
      pattern: inOrder(/\borg\.cups\.cupsd\b/i, /\bdue to signal: Killed/i),
      text: 'com.apple.xpc.launchd[1] (org.cups.cupsd[4312]): Service exited due to signal: Killed: 9',
    },
    { pattern: inOrder(/memorystatus_thread: idle exiting pid \d/i, /\bcupsd\b/i), text: 'kernel[0]: memorystatus_thread: idle exiting pid 4901 [cupsd]' },
    { pattern: inOrder(/\bprinter/i, /\bshar/i, /\b(?:stops?|vanish\w*|disappear\w*|randomly)\b/i), text: 'Printer sharing stops at random' },
  ],
  alsoCalled: [
    'OS X Mavericks Yosemite El Capitan shared printers disappear for other computers',
    'cupsd killed when idle by launchd under memory pressure, EnablePressuredExit',
    'org.cups.cupsd launchctl start fixes printer sharing for a while',
    'freigegebene Drucker am Mac verschwinden, Druckerfreigabe hört auf',
    'le partage d’imprimante du Mac s’arrête au hasard',
    'las impresoras compartidas del Mac desaparecen',
  ],
  parameters,
  labDefaults: { host: 'mac.example.org' },
  machines: [
    {
      id: 'mac',
      title: 'Mac',
      purpose: 'shares its printers',
      targets: ['local', 'ssh'],
      systems: { oneOf: [{ os: 'macos', from: '10.9', before: '10.12' }], tools: [{ name: 'launchctl' }, { name: 'plutil' }] },
    },
    {
      id: 'other',
      title: 'Other computer',
      purpose: 'prints on it',
      optional: true,
      targets: ['local', 'ssh'],
      systems: { tools: [{ name: 'curl', package: 'curl' }] },
    },
  ],
  steps,
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }] },
  lab,
});
