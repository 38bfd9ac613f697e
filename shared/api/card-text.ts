/** Cards of manual steps as text: for a stick, and for a terminal. Pure. */
import type { PlannedStep } from './plan.ts';

type Card = PlannedStep['cards'][number];

/** What a card that is a file holds: Windows' line ends, which its command prompt needs. */
export const cardFileText = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

/** A line each. */
export const cardLines = ({ title, lines, note }: Card): string[] => [`  ${title}`, ...lines.map((line) => `      ${line}`), ...(note ? [`  ${note}`] : [])];
