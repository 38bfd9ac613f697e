import { Kbd } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { shortcuts } from '../../words/shortcuts.ts';
import classes from './settings.module.css';

/** Which keys do what. */
export function Shortcuts() {
  const mac = useOs() === 'macos';
  return (
    <>
      <h2>Keys</h2>
      <section className={classes.part} aria-label="Keys">
        <dl className={classes.keys}>
          {shortcuts.map(({ keys, does, onMac }) => (
            <div key={does}>
              <dt>
                {(mac && onMac ? onMac : keys).map((key) => (
                  <Kbd key={key} size="sm">
                    {key}
                  </Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
