import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../shared/topic-kit/index.ts';
import { topics } from '../../../shared/topics/index.ts';
import { literalsOf } from './pattern-literals.ts';

describe('what a line has to hold for a pattern', () => {
  it.each<[RegExp, string[] | null]>([
    [/AH00161|reached MaxRequestWorkers/i, ['ah00161', 'reached maxrequestworkers']],
    [/Cannot (find|resolve|contact any) KDC/i, ['cannot find kdc', 'cannot resolve kdc', 'cannot contact any kdc']],
    [/customi[sz]e \d+/i, ['customise ', 'customize ']],
    [/Datei hat eine unerwartete Größe/, ['datei hat eine unerwartete gr']],
    [/page_?log/, ['page_log', 'pagelog'].sort().reverse()],
    [/x*\d+/, null],
    [/(?!never)(?<name>\w+) denied/, [' denied']],
    [/(?=.*needle)\w+/, ['needle']],
    [inOrder(/NETLOGON/, /5774|dynamic registration/), ['netlogon']],
    [/[a-z]{3}/, null],
    [/(?:ab){2,}c/, ['ab']],
  ])('%s: %j', (pattern, literals) => expect(literalsOf(pattern, 1)?.sort() ?? null).toEqual(literals?.sort() ?? null));

  it('is refused where it is too short', () => expect(literalsOf(/\b0x0*EF\b/i, 3)).toBeNull());

  it('is in every phrase that a topic’s own pattern fits', () => {
    for (const { id, symptoms } of topics)
      for (const { pattern, text } of symptoms) {
        const literals = literalsOf(pattern, 1);
        expect(literals, `${id}: ${pattern} has something to be searched by`).not.toBeNull();
        expect(
          literals?.some((literal) => text.toLowerCase().includes(literal)),
          `${id}: ${text}`,
        ).toBe(true);
      }
  });
});
