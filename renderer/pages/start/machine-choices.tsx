import { Switch } from '@mantine/core';
import type { ProcedureDetail, RunPlace } from '../../../shared/api/topic.ts';
import { leftOut, type Others } from '../../words/machines.ts';
import { isLab } from '../../words/where.ts';
import { WhereChoice } from './where-choice.tsx';

interface MachineChoicesProps {
  topic: ProcedureDetail;
  /** By machine; empty while they are being asked for. */
  places: ReadonlyMap<string, readonly RunPlace[]>;
  where: string | null;
  others: Others;
  /** It was to be started: ids of those without which it can't be. */
  missing: readonly string[];
  onWhere(value: string): void;
  onOthers(others: Others): void;
}

/** Where each machine of a procedure with several is. The first decides whether it is a rehearsal. */
export function MachineChoices({ topic, places, where, others, missing, onWhere, onOthers }: MachineChoicesProps) {
  const [first, ...rest] = topic.machines ?? [];
  if (!first) return null;
  const choose = (id: string, value: string | null) => {
    const { [id]: _before, ...kept } = others;
    onOthers(value === null ? kept : { ...kept, [id]: value });
  };
  return (
    <>
      <WhereChoice
        label={first.title}
        about={`The machine that ${first.purpose}. In the lab, all machines are there.`}
        failures={topic.labFailures}
        places={places.get(first.id) ?? null}
        value={where}
        missing={missing.includes(first.id)}
        onChange={(value) => value && onWhere(value)}
      />
      {rest.map(({ id, title, purpose, optional }) =>
        isLab(where) ? (
          optional && (
            <Switch
              key={id}
              label={`With the machine “${title}”`}
              description={`It ${purpose}. Without it, its steps are left out.`}
              checked={others[id] !== leftOut}
              onChange={(event) => choose(id, event.currentTarget.checked ? null : leftOut)}
            />
          )
        ) : (
          <WhereChoice
            key={id}
            id={`where-${id}`}
            label={title}
            about={`The machine that ${purpose}.${optional ? ' Leave it empty if there is none: its steps are left out.' : ''}`}
            places={places.get(id) ?? null}
            value={others[id] === undefined || others[id] === leftOut || isLab(others[id]) ? null : others[id]}
            optional={optional}
            missing={missing.includes(id)}
            onChange={(value) => choose(id, value)}
          />
        ),
      )}
    </>
  );
}
