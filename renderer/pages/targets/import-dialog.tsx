import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Importable, ImportCandidate } from '../../../shared/api/target.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import classes from './targets.module.css';

const nameOf = ({ host, port }: ImportCandidate) => (port === undefined ? host : `${host}:${port}`);

/** Adds what the ssh client knows already. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const [found, setFound] = useState<Importable | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    api.targets.importable({}).then(setFound, (thrown: unknown) => setTrouble(errorText(thrown)));
  }, []);
  const add = async () => {
    const choices = (found?.candidates ?? [])
      .filter((each) => chosen.includes(nameOf(each)))
      .map(({ host, port }) => ({ host, ...(port === undefined ? {} : { port }) }));
    try {
      const added = await api.targets.import({ choices });
      announce(`${added.length} added.`);
      onClose();
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <Modal opened onClose={onClose} title="Add from your ssh files" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {found?.candidates.length === 0 && <p>Your ssh configuration and known_hosts name no machine.</p>}
      {found && found.candidates.length > 0 && (
        <Checkbox.Group label="Machines that ssh knows" value={[...chosen]} onChange={setChosen}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls and has to be reachable */}
          <section className={classes.candidates} aria-label="Machines that ssh knows" tabIndex={0}>
            {found.candidates.map((each) => (
              <Checkbox
                key={nameOf(each)}
                value={nameOf(each)}
                label={nameOf(each)}
                description={each.present ? 'already a target' : each.detail || (each.from === 'config' ? 'from the configuration' : 'from known_hosts')}
                disabled={each.present}
              />
            ))}
          </section>
        </Checkbox.Group>
      )}
      {found && found.hashed > 0 && <p className={classes.quiet}>{found.hashed} names in known_hosts are hashed and can’t be shown. Add those by hand.</p>}
      {found?.troubles.map((text) => (
        <TroubleNote key={text} text={text} />
      ))}
      {trouble && <TroubleNote text={trouble} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length === 0} onClick={() => void add()}>
          {chosen.length === 0 ? 'Add' : `Add ${chosen.length}`}
        </Button>
      </Group>
    </Modal>
  );
}
