/** What BIND has to be told so that it follows the delegation: no signatures to be looked for, and no forwarder to be asked. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { editConf } from './named-conf.ts';

const off = /^(no|false|0)$/i;

/**
 * The domain among `validate-except` of the options: its delegations are unsigned, and its name above may be signed or may not
 * exist in public. Where nothing is validated, nothing is changed.
 */
export const editOptions = (old: string, domain: string): string | EditRefusal =>
  editConf(
    old,
    ({ words, block }) => words.length === 1 && words[0]?.text === 'options' && block !== null,
    ({ statements }) => {
      const named = (name: string) => statements.find(({ words }) => words[0]?.text === name);
      if (off.test(named('dnssec-validation')?.words[1]?.text ?? '')) return null;
      const list = named('validate-except')?.block;
      if (!list) return `validate-except { "${domain}"; };`;
      const excepted = list.statements.map(({ words }) => (words[0]?.text ?? '').toLowerCase().replace(/\.$/, ''));
      return excepted.some((name) => name === domain || domain.endsWith(`.${name}`)) ? null : { list, item: `"${domain}";` };
    },
    {
      rule: 'no-options',
      means: 'The file has no options { … } block.',
      next: 'Find it with "grep -rn options /etc/bind /etc/named.conf", and start a new run with that file.',
    },
  );

/** An empty list of forwarders for the zone: else BIND asks those of its options for what is delegated. */
export const editZoneStatement = (old: string, domain: string): string | EditRefusal =>
  editConf(
    old,
    ({ words }) => words[0]?.text === 'zone' && (words[1]?.text ?? '').toLowerCase().replace(/\.$/, '') === domain,
    ({ statements }) => {
      const own = statements.find(({ words }) => words[0]?.text === 'forwarders');
      return own ? null : 'forwarders { };';
    },
    {
      rule: 'no-zone-block',
      means: `The file has no zone "${domain}" { … } block.`,
      next: 'Find it with "grep -rn zone /etc/bind /etc/named.conf", and start a new run with that file.',
    },
  );
