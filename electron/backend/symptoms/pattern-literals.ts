/**
 * What a line has to hold so that a pattern can fit it: literals of which at least one is in every match. A long log is searched for these first,
 * and a pattern tried only where one is found. Pure.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';

const parser = new RegExpParser({ ecmaVersion: 2024 });
/** A pattern with more alternatives is not worth it. */
const mostLiterals = 40;
/** What stands side by side is cut where it could be more texts: other alternatives of the pattern have literals too. */
const mostTexts = 16;

/** Lower case and ASCII, each at least `shortest` bytes long; null where no such literals are in every match. */
export function literalsOf(pattern: RegExp, shortest: number): string[] | null {
  const { pattern: tree } = parser.parseLiteral(String(pattern));
  const found = ofAlternatives(tree.alternatives);
  if (!found || found.length > mostLiterals || found.some((literal) => literal.length < shortest)) return null;
  return [...new Set(found)];
}

/** All of them, as any may be the one that fits. */
function ofAlternatives(alternatives: readonly AST.Alternative[]): string[] | null {
  const all = alternatives.map(({ elements }) => ofSequence(elements));
  return all.some((literals) => literals === null) ? null : (all as string[][]).flat();
}

/** The best of what is there in any case: what stands side by side is one literal. */
function ofSequence(elements: readonly AST.Element[]): string[] | null {
  let best: string[] | null = null;
  let runs = [''];
  const offer = (literals: readonly string[] | null) => {
    if (literals && worth(literals) > worth(best)) best = [...literals];
  };
  for (const element of elements) {
    if (element.type === 'Assertion' && element.kind !== 'lookahead' && element.kind !== 'lookbehind') continue;
    const exact = exactly(element);
    const longer = exact && joined(runs, exact);
    if (longer) {
      runs = longer;
      continue;
    }
    offer(runs);
    runs = exact ?? [''];
    if (!exact) offer(ofElement(element));
  }
  offer(runs);
  return best;
}

/** All texts that it fits; null where that can't be listed. */
function exactly(element: AST.Element): string[] | null {
  switch (element.type) {
    case 'Character':
      return element.value < 128 ? [String.fromCharCode(element.value).toLowerCase()] : null;
    case 'CharacterClass': {
      const all = element.elements.map((one) => (one.type === 'Character' ? exactly(one) : null));
      return element.negate || all.length > 4 || all.some((one) => one === null) ? null : [...new Set((all as string[][]).flat())];
    }
    case 'Quantifier': {
      const once = element.max === 1 ? exactly(element.element) : null;
      return once && (element.min === 1 ? once : ['', ...once]);
    }
    case 'Group':
    case 'CapturingGroup': {
      const all = element.alternatives.map(({ elements }) =>
        elements.reduce<string[] | null>(
          (before, next) => {
            const exact = before && exactly(next);
            return before && exact ? joined(before, exact) : null;
          },
          [''],
        ),
      );
      return all.some((one) => one === null) || all.flat().length > mostTexts ? null : [...new Set((all as string[][]).flat())];
    }
    default:
      return null;
  }
}

/** Each of the one followed by each of the other; null where that is too many. */
const joined = (some: readonly string[], others: readonly string[]): string[] | null =>
  some.length * others.length > mostTexts ? null : some.flatMap((one) => others.map((other) => one + other));

function ofElement(element: AST.Element): string[] | null {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier':
      return element.min > 0 ? ofElement(element.element) : null;
    case 'Assertion':
      return (element.kind === 'lookahead' || element.kind === 'lookbehind') && !element.negate ? ofAlternatives(element.alternatives) : null;
    case 'Character':
      return element.value < 128 ? [String.fromCharCode(element.value).toLowerCase()] : null;
    default:
      return null;
  }
}

/** The shortest one decides how often a line is looked at for nothing. */
const worth = (literals: readonly string[] | null) => (literals ? Math.min(...literals.map(({ length }) => length)) : 0);
