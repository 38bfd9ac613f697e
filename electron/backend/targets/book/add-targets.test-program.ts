/** Adds so many targets to a book, one at a time. */
import { TargetBook } from './target-book.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const book = new TargetBook(folder);
for (let index = 0; index < Number(count); index++)
  book.add([{ name: `${name}${index}`, connection: { kind: 'local' }, root: 'none', group: '', tags: [], note: '' }]);
