/** How to fix this. */
import { file, type Remedy, sh } from '../../topic-kit/index.ts';
import { noName } from './looking.ts';

export const remedies: readonly Remedy[] = [
  {
    id: 'restart-now',
    title: 'Restart Apache',
    explanation: 'Ends every child, including stuck ones. Open connections are dropped. Then it is measured again.',
    danger: 'changes',
    script: () =>
      sh`if [ -d ${file('/Library/Server/Web/Config/apache2')} ]; then serveradmin stop web && serveradmin start web; else apachectl restart; fi && sleep 3`,
    matchers: [noName],
    afterwards: 'retry',
  },
  {
    id: 'repair-by-hand',
    title: 'Fix the line',
    explanation: 'Open the file named above, fix the line, and come back.',
    danger: 'changes',
    lab: sh`lab-apache-hand repair`,
    afterwards: 'retry',
  },
];
