/** Asks the backend what a calculator makes of its form. One question at a time: while a slider moves, the newest values wait for the answer. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Calculation, CalculationAnswer } from '../../../shared/api/calculation.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';

interface Calculated {
  answer: CalculationAnswer | null;
  /** Of the last values that were right. */
  last: Calculation | null;
  /** Why nothing could be asked at all. */
  trouble: string;
}
interface Question {
  topicId: string;
  parameters: ParameterValues;
  data: string | undefined;
}

export function useCalculation(topicId: string, parameters: ParameterValues, data: string | undefined): Calculated {
  const [state, setState] = useState<Calculated>({ answer: null, last: null, trouble: '' });
  const waiting = useRef<Question | null>(null);
  const asking = useRef(false);
  // A moving slider would talk without end.
  const sayResult = useDebouncedCallback((text: string) => announce(text), 900);
  const values = JSON.stringify(parameters);

  useEffect(() => {
    const ask = async () => {
      if (asking.current) return;
      asking.current = true;
      for (let question = waiting.current; question; question = waiting.current) {
        waiting.current = null;
        try {
          const answer = await api.calculators.calculate(question);
          setState((before) => ({ answer, last: answer.calculation ?? before.last, trouble: '' }));
          const first = answer.calculation?.results[0];
          sayResult(first ? `${first.label}: ${first.text}` : '');
        } catch (thrown) {
          setState((before) => ({ ...before, trouble: errorText(thrown) }));
        }
      }
      asking.current = false;
    };
    waiting.current = { topicId, parameters: JSON.parse(values) as ParameterValues, data };
    void ask();
  }, [topicId, values, data, sayResult]);
  return state;
}
