import { useEffect, useState } from 'react';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
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
