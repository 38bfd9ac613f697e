import { MustSee } from '../run/must-see.tsx';
import { alikeChanges, type FileChange } from './alike-changes.ts';
import classes from './diff-view.module.css';
import { DiffLines } from './diff-view.tsx';
import { unifiedLines } from './unified-lines.ts';

const spoken = { left: 'removed', right: 'added' };

interface EditDiffProps {
  title: string;
  file: string;
  diff: string;
  /** It is about to be agreed to: shown in its full height, and each change has to have been in view. */
  approved?: boolean;
}

/** The change of a file, or of several. */
export function EditDiff({ title, file, diff, approved = false }: EditDiffProps) {
  const changes = alikeChanges(unifiedLines(diff));
  return (
    <figure className={classes.diff}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <section className={approved ? `${classes.lines} ${classes.whole}` : classes.lines} tabIndex={0} aria-label={`${title} of ${file}, differences`}>
        {changes.map((change) => (
          <div key={change.files.join('\n')}>
            <Files files={change.files} approved={approved} />
            <DiffLines lines={change.lines} spoken={spoken} />
            {approved && <MustSee what="change" />}
          </div>
        ))}
      </section>
    </figure>
  );
}

function Files({ files, approved }: Pick<FileChange, 'files'> & { approved: boolean }) {
  if (files.length === 0) return null;
  if (files.length === 1) return <h3 className={classes.file}>{files[0]}</h3>;
  return (
    <>
      <h3 className={classes.file}>The same change in {files.length} files</h3>
      <ul className={classes.alike} aria-label="Files with this change">
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
      {approved && <MustSee what="list" />}
    </>
  );
}
