import { Button, Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { logFile, unitName } from '../../../shared/api/watch.ts';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { noteNewWatch, useLogWatches } from '../../stores/log-watches.ts';
import { errorText } from '../../stores/report-error.ts';
import { useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { placeValue, targetOfValue } from '../../words/where.ts';
import page from '../page.module.css';
import classes from './watch.module.css';
import { WatchPanel } from './watch-panel.tsx';

/** Follows logs of one machine, and says when a known symptom appears. `where`: a value of where.ts. */
export function WatchPage({ where }: { where: string }) {
  const target = targetOfValue(where);
  const listed = useTargets((state) => (target.kind === 'book' ? state.targets?.find(({ id }) => id === target.id) : undefined));
  const name = target.kind === 'book' ? (listed?.name ?? 'a target') : 'this machine';
  const watches = useLogWatches((state) => state.watches);
  const own = Object.values(watches).filter((each) => placeValue(each.target) === where);
  const [kind, setKind] = useState<'file' | 'unit'>('file');
  const [text, setText] = useState('');
  const [deep, setDeep] = useState(false);
  const [trouble, setTrouble] = useState('');
  const start = async (event: FormEvent) => {
    event.preventDefault();
    const checked = (kind === 'file' ? logFile : unitName).safeParse(text);
    if (!checked.success) return setTrouble(checked.error.issues[0]?.message ?? 'Give its name');
    setTrouble('');
    try {
      const log = kind === 'file' ? { kind, file: checked.data } : { kind, unit: checked.data };
      noteNewWatch(await api.watches.start({ target, log, ...(deep && { deep }) }));
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'machine', where }}>{`All about ${name}`}</Crumb>
      <PageHeading title={`Logs of ${name}`} />
      <p className={page.lead}>
        Follows a log from now on and says once when a symptom appears that Wrenchbook has a procedure for. It only reads, over a connection of its own.
      </p>
      <form className={classes.form} onSubmit={(event) => void start(event)}>
        <SegmentedControl
          aria-label="What to watch"
          transitionDuration={0}
          value={kind}
          onChange={(value) => setKind(value as 'file' | 'unit')}
          data={[
            { value: 'file', label: 'A file' },
            { value: 'unit', label: 'The journal of a unit' },
          ]}
        />
        <TextInput
          label={kind === 'file' ? 'Path of the log' : 'Name of the unit'}
          placeholder={kind === 'file' ? '/var/log/syslog' : 'named.service'}
          value={text}
          error={trouble || undefined}
          className={classes.name ?? ''}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="lg">
          <Button type="submit">Watch</Button>
          <Checkbox label="As root" checked={deep} disabled={listed?.root === 'none'} onChange={(event) => setDeep(event.currentTarget.checked)} />
          {listed?.root === 'none' && <span className={classes.quiet}>This target has no root access.</span>}
        </Group>
      </form>
      <div className={classes.watches}>
        {own.map((each) => (
          <WatchPanel key={each.watchId} watch={each} where={where} />
        ))}
      </div>
    </div>
  );
}
