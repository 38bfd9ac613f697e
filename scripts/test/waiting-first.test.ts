/** The order of the unit tests loses none of them. */
import { expect, it } from 'vitest';
import { taken } from './waiting-first.mjs';

it.each([
  [['a', 'b', 'c'], ['1'], ['a', 'b', '1', 'c']],
  [['a'], ['1', '2', '3'], ['a', '1', '2', '3']],
  [[], ['1'], ['1']],
  [['a', 'b', 'c', 'd', 'e'], [], ['a', 'b', 'c', 'd', 'e']],
])('takes two of %j and one of %j', (first, second, order) => expect(taken(first, second)).toEqual(order));
