/** Words that make a line look like an error, in the languages that tools speak on targets. Pure. */

const english =
  "error|fail(?:ed|ure)?|fault|fatal|cannot|can't|could not|couldn't|unable|denied|not found|no such|not permitted|not complete|exception|limit reached";
const german =
  'fehler|fehlermeldung|fehlgeschlagen|schlug fehl|nicht gefunden|verweigert|kann nicht|können nicht|konnten? nicht|nicht erfolgreich|nicht möglich|unzulässig|ungültig';
const french = "erreur|échec|échoué|échouée|introuvable|impossible|refusée?|non trouvée?|n'existe pas|n'a pas pu|non accordée";
const spanish = 'falló|fallo|fallid[oa]|no se pudo|no se puede|no se encontró|no encontrad[oa]|denegad[oa]|imposible|no existe';

/** `\b` knows only ASCII letters. What stands behind `=` is a value, as in `ActiveState=failed`. */
const words = new RegExp(`(?<![\\p{L}\\p{N}_=])(?:${[english, german, french, spanish].join('|')})(?![\\p{L}\\p{N}_])`, 'iu');

/** Such a line that no matcher knows stops the run. */
export const looksLikeError = (line: string): boolean => words.test(line.replaceAll('’', "'"));
