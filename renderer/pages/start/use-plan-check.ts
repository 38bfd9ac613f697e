/** Asks the backend what is wrong with the form, and for the plan, whenever typing pauses. The last question wins. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChosenTarget, OtherMachines, ParameterValues } from '../../../shared/api/topic.ts';
import type { MethodOutput } from '../../../shared/api.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';

export type PlanCheck = MethodOutput<'topics.check'>;

/** Where a run is to be: its target, and the other machines of a procedure with several. */
export interface ChosenPlace {
  target: ChosenTarget;
  machines?: OtherMachines;
}

interface PlanCheckState {
  check: PlanCheck | null;
  checking: boolean;
  /** Why nothing could be checked at all. */
  trouble: string;
}

/** `place`: null while it is not whole. */
export function usePlanCheck(topicId: string, place: ChosenPlace | null, parameters: ParameterValues) {
  const [state, setState] = useState<PlanCheckState>({ check: null, checking: place !== null, trouble: '' });
  const question = useRef(0);
  const asked = JSON.stringify([topicId, place, parameters]);

  const checkNow = useCallback(async (): Promise<PlanCheck | null> => {
    question.current += 1;
    const mine = question.current;
    const [id, where, values] = JSON.parse(asked) as [string, ChosenPlace | null, ParameterValues];
    if (!where) {
      setState({ check: null, checking: false, trouble: '' });
      return null;
    }
    setState((before) => ({ ...before, checking: true }));
    try {
      const check = await api.topics.check({ topicId: id, ...where, parameters: values });
      if (mine === question.current) setState({ check, checking: false, trouble: '' });
      return check;
    } catch (thrown) {
      if (mine === question.current) setState({ check: null, checking: false, trouble: errorText(thrown) });
      return null;
    }
  }, [asked]);

  const checkSoon = useDebouncedCallback(checkNow, 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what changed, not the function that asks it
  useEffect(() => {
    setState((before) => ({ ...before, checking: place !== null }));
    checkSoon();
  }, [asked]);
  return { ...state, checkNow };
}
