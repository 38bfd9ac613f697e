/** execution-environment.yml: what ansible-builder makes an image of that can play the folder, for AWX and others that play in containers. Pure. */
import { yamlText } from './yaml-text.ts';

/** The form of ansible-builder 3. Fedora: its own Node.js is new enough. Collections are not needed: roles use only what ansible-core brings. */
const environment = {
  version: 3,
  images: { base_image: { name: 'quay.io/fedora/fedora:latest' } },
  dependencies: {
    ansible_core: { package_pip: 'ansible-core>=2.14' },
    ansible_runner: { package_pip: 'ansible-runner' },
    system: ['nodejs', 'openssh-clients', 'sshpass'],
  },
};

export const executionEnvironment = (about: readonly string[]): string =>
  yamlText(environment, [...about, 'For AWX: ansible-builder build --tag wrenchbook-ee']);
