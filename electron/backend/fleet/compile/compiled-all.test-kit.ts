/** Every procedure that can be compiled, each in its own folder: for `npm run fleet:lint`. */
import path from 'node:path';
import { procedures } from '../../topics/topic-registry.ts';
import { bundleRules } from '../rules/rules-bundle.ts';
import { compiled } from './compiled.test-kit.ts';
import { writeCompiled } from './compiled-folder.ts';

/** Resolves with the folders. */
export async function compileAll(folder: string): Promise<string[]> {
  const made: string[] = [];
  for (const topic of procedures()) {
    const { files } = { files: undefined, ...compiled(topic, { rules: await bundleRules(topic.id) }) };
    if (files) made.push(writeCompiled(path.join(folder, topic.id), files));
  }
  return made;
}
