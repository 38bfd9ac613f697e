import { useEffect, useState } from 'react';
import type { Fitting } from '../../stores/catalogue-filters.ts';
import { useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';

const none: Fitting = new Map();

/** Which targets each procedure fits; asked again when the targets, or what is known of them, have changed. */
export function useFitting(): Fitting {
  const targets = useTargets((state) => state.targets);
  const [fitting, setFitting] = useState(none);
  useEffect(() => {
    if (!targets?.some(({ facts }) => facts)) return setFitting(none);
    let wanted = true;
    api.topics
      .fitting({})
      .then((each) => wanted && setFitting(new Map(each.map(({ topicId, targetIds }) => [topicId, targetIds]))))
      .catch(() => undefined); // the page Targets says what is wrong
    return () => {
      wanted = false;
    };
  }, [targets]);
  return fitting;
}
