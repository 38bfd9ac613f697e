import { DiffView } from './diff-view.tsx';
import { unifiedLines } from './unified-lines.ts';

const spoken = { left: 'taken out', right: 'put in' };

/** The change of a file. */
export function EditDiff({ title, file, diff }: { title: string; file: string; diff: string }) {
  return <DiffView title={title} of={file} lines={unifiedLines(diff)} spoken={spoken} />;
}
