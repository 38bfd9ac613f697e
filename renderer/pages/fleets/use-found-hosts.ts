/** Asks the backend what it makes of the hosts, a moment after the last change. */
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { FoundHosts, HostSource } from '../../../shared/api/fleet.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { type AllFound, allFound, type HostPicks, noneFound, sourcesOf } from './host-picks.ts';

const waitMs = 250;

export function useFoundHosts(picks: HostPicks, roles: readonly string[]): AllFound {
  const [found, setFound] = useState<FoundHosts>(noneFound);
  const [asked] = useDebouncedValue(JSON.stringify(sourcesOf(picks, roles)), waitMs);
  useEffect(() => {
    const sources = JSON.parse(asked) as HostSource[];
    if (sources.length === 0) {
      setFound(noneFound);
      return;
    }
    let current = true;
    api.fleets.hosts({ sources }).then((answer) => {
      if (current) setFound(answer);
    }, reportError);
    return () => {
      current = false;
    };
  }, [asked]);
  return allFound(picks, roles, found);
}
