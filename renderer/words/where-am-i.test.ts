import { describe, expect, it } from 'vitest';
import type { ListedTarget, TargetFacts } from '../../shared/api/target.ts';
import type { TargetRef } from '../../shared/api/topic.ts';
import { whereabouts } from './where-am-i.ts';

const facts = (user: string, uid: number) => ({ user, uid }) as TargetFacts;
const web1 = (production?: boolean) =>
  ({ id: 'web-1', name: 'Web 1', connection: { kind: 'ssh', host: 'web1', user: 'anna' }, ...(production && { production }) }) as ListedTarget;
const here = { id: 'here', name: 'My desk', connection: { kind: 'local' }, production: true } as ListedTarget;
const ssh: TargetRef = { kind: 'ssh', host: 'web1', user: 'anna', root: 'sudo' };
const at = (target: TargetRef, targetLabel: string, targetFacts: TargetFacts | null, needsRoot: boolean, targets: ListedTarget[] = []) =>
  whereabouts({ target, targetLabel, targetFacts }, { needsRoot }, targets);

describe('where a run is', () => {
  it('names the user, and root only where the step has its rights', () => {
    expect(at(ssh, 'anna@web1', null, false)).toMatchObject({ name: 'anna@web1', as: 'as anna; root by sudo in the steps that need it', root: false });
    expect(at(ssh, 'anna@web1', null, true)).toMatchObject({ as: 'as root by sudo', root: true });
    expect(at({ kind: 'local' }, 'this machine', facts('root', 0), false)).toMatchObject({ as: 'as root', root: true });
    expect(at({ kind: 'local' }, 'this machine', null, false)).toMatchObject({ as: 'as your user there', root: false });
  });
  it('is production where the list of targets says so', () => {
    expect(at(ssh, 'anna@web1', null, false, [web1(true)])).toMatchObject({ name: 'Web 1 (anna@web1)', production: true });
    expect(at(ssh, 'anna@web1', null, false, [web1()])).toMatchObject({ production: false });
    expect(at({ kind: 'local' }, 'this machine', null, false, [web1(true), here])).toMatchObject({ production: true });
  });
  it('by hand is nobody’s session', () =>
    expect(at({ kind: 'hand' }, 'a machine by hand', null, true)).toEqual({
      name: 'a machine by hand',
      as: 'you type every command there',
      root: false,
      production: false,
    }));
});
