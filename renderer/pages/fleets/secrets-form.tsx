import { PasswordInput } from '@mantine/core';
import page from '../page.module.css';
import classes from './fleets.module.css';

export interface SecretValues {
  secrets: Record<string, string>;
  becomePassword?: string;
  sshPassword?: string;
}
export const noSecrets: SecretValues = { secrets: {} };

interface SecretsFormProps {
  names: readonly string[];
  values: SecretValues;
  onChange(values: SecretValues): void;
}

/** Asked once for all hosts, before anything runs. */
export function SecretsForm({ names, values, onChange }: SecretsFormProps) {
  const withPassword = (key: 'becomePassword' | 'sshPassword', value: string) => {
    const { [key]: _before, ...rest } = values;
    onChange(value === '' ? rest : { ...rest, [key]: value });
  };
  return (
    <fieldset className={`${page.panel} ${classes.secrets}`}>
      <legend>Secrets, the same for all hosts. They go to Ansible over a pipe and are kept in memory only.</legend>
      <PasswordInput
        label="Password for sudo"
        description="Empty if sudo asks for none"
        value={values.becomePassword ?? ''}
        onChange={(event) => withPassword('becomePassword', event.currentTarget.value)}
      />
      {names.map((name) => (
        <PasswordInput
          key={name}
          label={name}
          required
          value={values.secrets[name] ?? ''}
          onChange={(event) => onChange({ ...values, secrets: { ...values.secrets, [name]: event.currentTarget.value } })}
        />
      ))}
      <PasswordInput
        label="Password for ssh"
        description="Empty if keys are used"
        value={values.sshPassword ?? ''}
        onChange={(event) => withPassword('sshPassword', event.currentTarget.value)}
      />
    </fieldset>
  );
}
