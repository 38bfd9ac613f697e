import { NumberInput, Select, TextInput } from '@mantine/core';
import { type ConsoleDialectName, type ConsoleWay, dialectTitles, serialSpeeds } from '../../../shared/api/console.ts';
import type { Connection } from '../../../shared/api/target.ts';
import classes from './targets.module.css';

type ConsoleConnection = Extract<Connection, { kind: 'console' }>;
interface ConsoleFieldsProps {
  connection: ConsoleConnection;
  /** The id of a field, and what is wrong with it, by its path in the entry. */
  field: FieldOf;
  onChange(connection: ConsoleConnection): void;
}
type FieldOf = (name: string) => { id: string; error: string | undefined };

const ways: Readonly<Record<Exclude<ConsoleWay['by'], 'command'>, { title: string; empty: ConsoleWay }>> = {
  serial: { title: 'a serial device of this machine', empty: { by: 'serial', device: '', speed: 115_200 } },
  ipmi: { title: 'ipmitool: serial over LAN', empty: { by: 'ipmi', host: '', user: '' } },
  virsh: { title: 'virsh console: libvirt', empty: { by: 'virsh', domain: '' } },
  xl: { title: 'xl console: Xen, on this machine', empty: { by: 'xl', domain: '' } },
  fifo: { title: 'a pair of FIFOs: QEMU', empty: { by: 'fifo', path: '' } },
};
export const emptyConsole: ConsoleConnection = { kind: 'console', way: ways.serial.empty, dialect: 'uefi-shell' };

/** Where a console is and what it speaks. A program of one's own is only shown: it is written in a terminal. */
export function ConsoleFields({ connection, field, onChange }: ConsoleFieldsProps) {
  const { way, dialect } = connection;
  const choices = Object.entries(ways).map(([value, { title }]) => ({ value, label: title }));
  const own = way.by === 'command' ? [{ value: 'command', label: 'a program of your own' }] : [];
  return (
    <>
      <div className={classes.fields}>
        <Select
          label="The console is reached by"
          data={[...choices, ...own]}
          allowDeselect={false}
          value={way.by}
          onChange={(by) => by && by !== 'command' && onChange({ ...connection, way: ways[by as keyof typeof ways].empty })}
        />
        <Select
          label="Console type"
          data={Object.entries(dialectTitles).map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          value={dialect}
          onChange={(value) => value && onChange({ ...connection, dialect: value as ConsoleDialectName })}
        />
      </div>
      <div className={classes.fields}>
        <WayFields way={way} field={(name) => field(`connection.way.${name}`)} onChange={(changed) => onChange({ ...connection, way: changed })} />
      </div>
    </>
  );
}

function WayFields({ way, field, onChange }: { way: ConsoleWay; field: FieldOf; onChange(way: ConsoleWay): void }) {
  switch (way.by) {
    case 'serial':
      return (
        <>
          <Words
            {...field('device')}
            label="Device"
            description="Such as /dev/ttyUSB0"
            value={way.device}
            onChange={(device) => onChange({ ...way, device })}
          />
          <Select
            label="Speed"
            description="Baud, as the machine has it"
            data={serialSpeeds.map(String)}
            allowDeselect={false}
            value={String(way.speed)}
            onChange={(text) => {
              const speed = serialSpeeds.find((each) => String(each) === text);
              if (speed) onChange({ ...way, speed });
            }}
          />
        </>
      );
    case 'fifo':
      return <Words {...field('path')} label="Path" description="Without .in and .out" value={way.path} onChange={(path) => onChange({ ...way, path })} />;
    case 'ipmi':
      return (
        <>
          <Words
            {...field('host')}
            label="Management controller"
            description="Name or address"
            value={way.host}
            onChange={(host) => onChange({ ...way, host })}
          />
          <Words
            {...field('user')}
            label="User"
            description="The password is asked for, never kept"
            value={way.user}
            onChange={(user) => onChange({ ...way, user })}
          />
          <NumberInput
            {...field('port')}
            label="Port"
            description="Empty: 623"
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            value={way.port ?? ''}
            onChange={(value) => {
              const { port: _port, ...rest } = way;
              onChange(typeof value === 'number' ? { ...rest, port: value } : rest);
            }}
          />
        </>
      );
    case 'virsh':
      return (
        <>
          <Words
            {...field('domain')}
            label="Virtual machine"
            description="Its name in libvirt"
            value={way.domain}
            onChange={(domain) => onChange({ ...way, domain })}
          />
          <Words
            {...field('connection')}
            label="Connection"
            description="Empty: as virsh is configured"
            optional
            value={way.connection ?? ''}
            onChange={(text) => {
              const { connection: _connection, ...rest } = way;
              onChange(text === '' ? rest : { ...rest, connection: text });
            }}
          />
        </>
      );
    case 'xl':
      return (
        <Words
          {...field('domain')}
          label="Virtual machine"
          description="Its name in Xen"
          value={way.domain}
          onChange={(domain) => onChange({ ...way, domain })}
        />
      );
    case 'command':
      return (
        <p className={classes.quiet}>
          <code>{way.words.join(' ')}</code> It is changed in a terminal only: wrenchbook targets edit.
        </p>
      );
  }
}

interface WordsProps {
  id: string;
  error: string | undefined;
  label: string;
  description: string;
  value: string;
  optional?: boolean;
  onChange(value: string): void;
}
const Words = ({ id, error, label, description, value, optional, onChange }: WordsProps) => (
  <TextInput
    id={id}
    error={error}
    label={label}
    description={description}
    required={!optional}
    autoComplete="off"
    spellCheck={false}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
