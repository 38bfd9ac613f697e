import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { variablesText } from './secret-pipe.ts';

it('whatever is in a value, it is one text, and none that Ansible evaluates', () => {
  const values = { a: "{{ lookup('pipe', 'id') }}", b: 'x"\n- y: \\u0041 #', ansible_become_password: 'ä 😀' };
  const text = variablesText(values);
  expect(text.match(/: !unsafe "/g)).toHaveLength(3);
  expect(parse(text, { customTags: [{ tag: '!unsafe', resolve: (value: string) => value }] })).toEqual(values);
});
