/** Asks the backend what is wrong with the form, what is still asked, and for the plan, whenever typing pauses. The last question wins. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckedFleetForm, FleetForm } from '../../../shared/api/fleet-form.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';

interface FormCheck {
  checked: CheckedFleetForm | null;
  /** Why nothing could be checked at all. */
  trouble: string;
}

export function useFormCheck(form: FleetForm): FormCheck & { checkNow(): Promise<CheckedFleetForm | null> } {
  const [state, setState] = useState<FormCheck>({ checked: null, trouble: '' });
  const question = useRef(0);
  const asked = JSON.stringify(form);
  const checkNow = useCallback(async () => {
    question.current += 1;
    const mine = question.current;
    try {
      const checked = await api.fleets.checkForm(JSON.parse(asked) as FleetForm);
      if (mine === question.current) setState({ checked, trouble: '' });
      return checked;
    } catch (thrown) {
      if (mine === question.current) setState({ checked: null, trouble: errorText(thrown) });
      return null;
    }
  }, [asked]);
  const checkSoon = useDebouncedCallback(checkNow, 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is what changed, not the function that asks
  useEffect(() => checkSoon(), [asked]);
  return { ...state, checkNow };
}
