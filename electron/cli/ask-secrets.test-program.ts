/** Asks for two secrets as the terminal command does, and prints how long they are. */
import { askSecrets } from './secret-values.ts';

const values = await askSecrets([
  { name: 'one', label: 'First' },
  { name: 'two', label: 'Second' },
]);
console.log(`lengths ${values.one?.length} ${values.two?.length}`);
