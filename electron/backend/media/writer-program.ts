/** Wrenchbook's media writer (assets/helper/media) as shell text: a function `wbmedia` in front of the script that calls it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quote } from '../../../shared/topic-kit/index.ts';

/** The files of the folder, in the order of their names, without comments. */
export function writerProgram(assetsFolder: string): string {
  const folder = path.join(assetsFolder, 'helper', 'media');
  const files = readdirSync(folder).filter((name) => name.endsWith('.pl'));
  return files
    .sort()
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n');
}

/** It is fixed and takes words only, so that nothing of a run's parameters is ever read as a program. */
export const writerPrelude = (assetsFolder: string): string => `wbmedia() { perl -e ${quote(writerProgram(assetsFolder))} -- "$@"; }\n`;
