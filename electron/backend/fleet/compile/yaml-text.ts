/** YAML as an admin would write it: an empty line between tasks, scripts as blocks, a comment at the top. Pure. */
import { Document, isMap, isSeq } from 'yaml';

/** `comment`: lines without their `#`. */
export function yamlText(value: unknown, comment: readonly string[]): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const top = document.contents;
  if (isSeq(top)) spread(top.items);
  for (const key of ['tasks', 'pre_tasks']) {
    for (const play of isSeq(top) ? top.items : []) {
      const tasks = isMap(play) ? play.get(key) : undefined;
      if (isSeq(tasks)) spread(tasks.items);
    }
  }
  const body = document.toString({ lineWidth: 120 });
  return `---\n${comment.map((line) => `# ${line}`.trimEnd()).join('\n')}\n\n${body}`;
}

function spread(items: readonly unknown[]): void {
  items.forEach((item, index) => {
    if (!isMap(item)) return;
    if (index > 0) item.spaceBefore = true;
    for (const key of ['block', 'rescue']) {
      const inner = item.get(key);
      if (isSeq(inner)) spread(inner.items);
    }
  });
}
