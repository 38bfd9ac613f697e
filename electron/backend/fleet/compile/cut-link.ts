/** A command that cuts the link it comes over: it runs on by itself, Ansible asks for it until it has ended, and waits until the host answers again. Pure. */
import type { StepTasks, Task } from './role-tasks.ts';

/** Seconds: the longest that it may run, between two questions, and until the host answers again. */
const longest = 1800;
const between = 5;
const away = 300;

/** For the task that runs it. A question that gets no answer is asked again (ansible-core does that with `poll`). */
export const onItsOwn = (seconds = longest): Task => ({
  // Ansible refuses a check of what runs on its own.
  async: `{{ ansible_check_mode | ternary(0, ${seconds}) }}`,
  poll: between,
});

/** Seconds before it begins: whoever starts it has to hear that it was started. */
const headStart = 3;
export const withHeadStart = (command: string): string => `sleep ${headStart}\n${command}`;

export const waitForLink = (own: StepTasks, when: Task = {}): Task => ({
  name: own.name('Wait until the host answers again'),
  'ansible.builtin.wait_for_connection': { timeout: away },
  ...own.elsewhere,
  ...when,
});
