/** What stands where a secret was: in journals, recordings, run states, plans and answers files. */
export const secretMark = '‹secret›';

/** Shorter ones would be found everywhere in ordinary text, and masking them would say what they are. In characters. */
export const shortestSecret = 4;
