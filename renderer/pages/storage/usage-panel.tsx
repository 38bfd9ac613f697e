import type { StorageUsage } from '../../../shared/api/storage.ts';
import { runsText, sizeText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './storage.module.css';

/** What takes up how much. The bars are drawn against the whole. */
export function UsagePanel({ usage }: { usage: StorageUsage }) {
  const { runs, archive } = usage;
  const rows = [
    {
      name: 'Runs',
      bytes: runs.bytes,
      more: `${runsText(runs.count)}: journals ${sizeText(runs.journal)}, recordings ${sizeText(runs.recording)}, files and backups ${sizeText(runs.files)}`,
    },
    { name: 'Archive', bytes: archive.bytes, more: `${runsText(archive.count)}, before that ${sizeText(archive.unpackedBytes)}` },
    { name: 'Search index', bytes: usage.derived, more: 'and archived runs unpacked for reading: built again if missing' },
    { name: 'Ledger, keys, the rest', bytes: usage.rest, more: '' },
  ];
  return (
    <section className={page.panel} aria-labelledby="usage">
      <h2 id="usage">{sizeText(usage.total)} in all</h2>
      <dl className={classes.usage}>
        {rows.map(({ name, bytes, more }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <b>{sizeText(bytes)}</b>
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${usage.total === 0 ? 0 : (100 * bytes) / usage.total}%` }} />
              </span>
              {more && <span className={classes.quiet}>{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
