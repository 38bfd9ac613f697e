/** A procedure that changes many files at once, for tests. */
import { defineTopic, type EditStep, file, sh, type Topic } from '../../../shared/topic-kit/index.ts';
import { editTopic } from './edit-topic.test-kit.ts';

export const sites = '/etc/sites';
export const allSites: EditStep = {
  id: 'sites',
  kind: 'edit',
  title: 'Switch every site',
  intro: 'Old sites are slow.',
  danger: 'changes',
  runsOn: 'lab',
  files: {
    what: `every *.conf below ${sites} with a mode`,
    find: sh`find ${file(sites)} -type f -name '*.conf' -exec grep -l '^mode' {} + || [ -d ${file(sites)} ]`,
    matchers: [{ kind: 'failure', id: 'no-sites', pattern: /No such file/, means: 'There is no such folder.', next: 'Name another.' }],
  },
  edit: (old, _facts, name) =>
    old.startsWith('managed') ? { rule: 'managed', means: 'A program manages it.', next: `Change ${name} there.` } : old.replaceAll(/^mode old$/gm, 'mode new'),
  verify: {
    looksOnlyAt: 'what stands in the file',
    script: sh`grep -rc '^mode old' ${file(sites)} | grep -vc ':0$' | sed 's/^/left: /'`,
    matchers: [{ kind: 'expected', id: 'switched', pattern: /^left: 0$/, means: 'All are switched.', missing: 'Some are not.' }],
  },
};

export const filesTopic: Topic = defineTopic({
  ...editTopic,
  minutes: 1,
  id: 'edits-many-files',
  steps: () => [allSites],
  lab: {
    scenario: 'Three sites, two of which are old.',
    failures: [
      {
        id: 'managed',
        title: 'A program manages one of them',
        story: 'It would be changed back. Nothing is written.',
        stopsAt: { step: 'sites', rule: 'managed' },
        wayOut: 'undo',
      },
      { id: 'gone', title: 'The folder is elsewhere', story: 'Nothing is found.', stopsAt: { step: 'sites', rule: 'no-sites' }, wayOut: 'undo' },
    ],
    facts: {},
    files: (failure) =>
      failure === 'gone'
        ? [{ path: 'root/etc/readme', content: '' }]
        : [
            { path: 'root/etc/sites/a.conf', content: '# ünï\r\nmode old\n' },
            { path: 'root/etc/sites/more/b c.conf', content: `${failure === 'managed' ? 'managed\n' : ''}mode old\nmode old` },
            { path: 'root/etc/sites/c.conf', content: 'mode new\n' },
            { path: 'root/etc/sites/d.conf', content: 'nothing\n' },
          ],
  },
});

/** Sites whose changes take a while to be written, so that there are many moments to be cut off at. */
export const siteText = (number: number, mode: string) => `# site ${number}, ünï\nmode ${mode}\n${'some text of which there is much\n'.repeat(2000)}`;
