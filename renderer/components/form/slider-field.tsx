import { Input, Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FormField, SliderRange } from '../../../shared/api/topic.ts';
import classes from './slider-field.module.css';
import { lastPosition, movedTo, positionOf } from './slider-scale.ts';

interface SliderFieldProps {
  field: FormField & { slider: SliderRange };
  /** As it is typed. */
  value: string;
  error: ReactNode;
  onChange(value: string): void;
}

/** A slider and, for exact values, the number itself to type. */
export function SliderField({ field, value, error, onChange }: SliderFieldProps) {
  const { slider: range } = field;
  const id = `field-${field.name}`;
  const typed = Number(value);
  const shown = value.trim() !== '' && Number.isFinite(typed) ? typed : Number(field.default ?? range.min);
  return (
    <Input.Wrapper id={id} label={field.label} description={field.help} error={error} inputWrapperOrder={['label', 'input', 'error', 'description']}>
      <div className={classes.row}>
        <Slider
          className={classes.slider ?? ''}
          size="sm"
          min={0}
          max={lastPosition(range)}
          value={positionOf(range, shown)}
          onChange={(position) => onChange(String(movedTo(range, shown, position)))}
          label={null}
          thumbLabel={`${field.label}, slider`}
          thumbValueText={`${shown} ${range.unit}`.trim()}
        />
        <Input
          id={id}
          size="xs"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          className={classes.typed ?? ''}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <span className={classes.unit}>{range.unit}</span>
      </div>
    </Input.Wrapper>
  );
}
