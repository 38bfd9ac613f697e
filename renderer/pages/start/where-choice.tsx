import { Anchor, Select } from '@mantine/core';
import { systemText } from '../../../shared/api/facts-text.ts';
import type { ProcedureDetail, RunPlace } from '../../../shared/api/topic.ts';
import { routeHash } from '../../stores/route.ts';
import { useTargets } from '../../stores/targets.ts';
import { isLab, labValue, placeValue } from '../../words/where.ts';
import { foundPlaces } from './found-places.ts';
import classes from './where-choice.module.css';

interface WhereChoiceProps {
  id?: string;
  label?: string;
  about?: string;
  /** What the lab plays; without it the lab can't be chosen here. */
  failures?: ProcedureDetail['labFailures'];
  /** It may be left empty. */
  optional?: boolean;
  /** Null: they are still being asked for. */
  places: readonly RunPlace[] | null;
  /** A value of where.ts; null where nothing was chosen yet. */
  value: string | null;
  /** It was to be started, and nothing is chosen. */
  missing: boolean;
  onChange(value: string | null): void;
}

/** Where the run happens: the lab with one of its scenarios, this machine, or one of the admin's targets. */
export function WhereChoice({
  id = 'where',
  label = 'Where',
  about = 'In the lab with simulated tools, or for real on one of your machines.',
  failures,
  places,
  value,
  optional = false,
  missing,
  onChange,
}: WhereChoiceProps) {
  const inLab = places?.find(({ target }) => target.kind === 'lab');
  const lab = (failures ? [{ id: null, title: 'everything succeeds' }, ...failures] : []).map(({ id: failure, title }) => ({
    value: labValue(failure),
    label: `Rehearsal: ${title}`,
    disabled: inLab?.disabledBecause != null,
  }));
  const real = (places ?? [])
    .filter((place) => place !== inLab)
    .map((place) => ({ place, value: placeValue(place.target), label: place.title, disabled: place.disabledBecause !== null }));
  const groups = [...new Set(real.map(({ place }) => place.group))];
  const placeOf = (wanted: string) => (isLab(wanted) ? inLab : real.find((each) => each.value === wanted)?.place);
  const chosen = value === null ? undefined : placeOf(value);
  const { damaged, hidden } = useTargets();
  return (
    <div>
      <Select
        id={id}
        label={label}
        description={about}
        placeholder={!places ? 'Reading your targets' : optional ? 'None' : 'Choose a machine'}
        required={!optional}
        searchable
        clearable={optional}
        allowDeselect={false}
        maxDropdownHeight={420}
        nothingFoundMessage="No such target. Add it on the page Targets."
        value={value}
        onChange={(next) => (next !== null || optional) && onChange(next)}
        filter={({ options, search }) => foundPlaces(options, search, placeOf)}
        data={[
          ...groups.map((group) => ({ group: group || 'Machines', items: real.filter(({ place }) => place.group === group) })),
          ...(lab.length > 0 ? [{ group: 'In the lab', items: lab }] : []),
        ]}
        renderOption={({ option }) => <Option title={option.label} place={placeOf(option.value)} />}
        error={
          chosen?.disabledBecause ??
          (missing ? (failures ? `${label} is needed: the lab, or one of your machines.` : `${label} is needed: one of your machines.`) : undefined)
        }
        classNames={{ option: classes.row ?? '' }}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
      />
      {(damaged || hidden.length > 0) && (
        <p className={classes.note}>
          {damaged ? 'The list of your targets can’t be read.' : `${hidden.length === 1 ? 'One target is' : `${hidden.length} targets are`} hidden.`}{' '}
          <Anchor href={routeHash({ page: 'targets' })} inherit underline="always">
            Targets says why
          </Anchor>
        </p>
      )}
    </div>
  );
}

function Option({ title, place }: { title: string; place: RunPlace | undefined }) {
  if (!place) return title;
  const detail = [
    place.target.kind !== 'book' || place.place === place.title ? '' : place.place,
    place.facts ? systemText(place.facts) : place.target.kind === 'book' ? 'never reached' : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <span className={classes.option}>
      <span className={classes.title}>{title}</span>
      <span className={classes.detail}>{detail}</span>
      {place.disabledBecause && <span className={classes.reason}>{place.disabledBecause}</span>}
    </span>
  );
}
