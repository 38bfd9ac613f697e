import { useEffect, useState } from 'react';
import type { ChangeGroup } from '../../../shared/api/fleet.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { hostCount } from '../../words/fleet.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';
import { Output } from './output.tsx';

interface PlaybookFile {
  path: string;
  text: string;
}
const first = (path: string) => (path === 'site.yml' ? 0 : path === 'inventory.yml' ? 1 : path === 'undo.yml' ? 2 : 3);

/** What runs, file by file, as it is on disk. */
export function PlaybookFiles({ runId }: { runId: string }) {
  const [files, setFiles] = useState<readonly PlaybookFile[]>([]);
  useEffect(() => {
    api.fleets.files({ runId }).then((found) => setFiles(found.files.toSorted((one, other) => first(one.path) - first(other.path))), reportError);
  }, [runId]);
  return (
    <section aria-labelledby="playbook" className={classes.section}>
      <h2 id="playbook" className={classes.sectionTitle}>
        The playbook
      </h2>
      {files.map((file) => (
        <FileText key={file.path} file={file} />
      ))}
    </section>
  );
}

const shownCharacters = 200_000;
/** Drawn when it is opened: a role can bring programs of some size. */
function FileText({ file: { path, text } }: { file: PlaybookFile }) {
  const [open, setOpen] = useState(path === 'site.yml');
  return (
    <details className={classes.file} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{path}</code>
      </summary>
      {open && <Output label={path} text={text.slice(0, shownCharacters)} />}
      {open && text.length > shownCharacters && <p className={classes.quiet}>It is longer: {text.length} characters. The whole file is in the run’s folder.</p>}
    </details>
  );
}

/** What the check would change, hosts with the same changes together. `ended`: of the last attempt; another one is fetched anew. */
export function Changes({ runId, ended, hosts }: { runId: string; ended: string | null; hosts: number }) {
  const [groups, setGroups] = useState<readonly ChangeGroup[] | null>(null);
  useEffect(() => {
    if (ended !== null) api.fleets.changes({ runId }).then((found) => setGroups(found.groups), reportError);
  }, [runId, ended]);
  if (!groups) return null;
  const same = hosts - groups.reduce((all, group) => all + group.hosts.length, 0);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="changes" className={classes.section}>
      <h2 id="changes" className={classes.sectionTitle}>
        What would change
      </h2>
      {groups.map((group, index) => (
        <details key={group.hosts[0]} className={`${page.panel} ${classes.file}`} open={index < 2}>
          <summary>
            <strong>{hostCount(group.hosts.length)}</strong>: {group.hosts.slice(0, 8).join(', ')}
            {group.hosts.length > 8 && ` and ${group.hosts.length - 8} more`}
          </summary>
          {group.steps.map(({ id, title, diff }) => (
            <div key={id}>
              <div className={classes.label}>{title}</div>
              <Output label={`Change of ${title}`} text={diff} />
            </div>
          ))}
        </details>
      ))}
      {same > 0 && <p className={classes.quiet}>{hostCount(same)}: no change to a file was seen. A check does not run commands.</p>}
    </section>
  );
}
