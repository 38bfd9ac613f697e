/** A question of the tool while it runs. It can be answered here or typed into the terminal. */
import { Button } from '@mantine/core';
import { IconMessageQuestion, IconThumbUp } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { PlannedPrompt } from '../../../shared/api/plan.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import { api } from '../../window-api.ts';
import { isTyping } from '../is-typing.ts';
import classes from './prompt-panel.module.css';

export function PromptPanel({ runId, prompt }: { runId: string; prompt: PlannedPrompt }) {
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each question
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' });
    // Not away from the terminal or a field: somebody may be typing the answer.
    if (!isTyping(document.activeElement)) heading.current?.focus();
  }, [prompt.id]);
  const answer = (value: string) => changeRun(runId, () => api.runs.answer({ runId, promptId: prompt.id, value }));
  return (
    <section className={classes.panel} aria-label="The tool asks">
      <h2 ref={heading} tabIndex={-1}>
        <IconMessageQuestion size={20} aria-hidden style={{ verticalAlign: -3 }} /> {prompt.question}
      </h2>
      <div>{prompt.explanation}</div>
      <div className={classes.answers}>
        {prompt.answers.map(({ value, label, means }) => (
          <div key={value} className={classes.answer}>
            <Button
              size="xs"
              variant={value === prompt.recommended ? 'filled' : 'default'}
              loading={busy}
              onClick={() => void answer(value)}
              {...(value === prompt.recommended && { 'data-main-action': true, title: 'Ctrl+Enter' })}
            >
              {label}
            </Button>
            {value === prompt.recommended && (
              <span className={classes.recommended}>
                <IconThumbUp size={14} aria-hidden style={{ verticalAlign: -2 }} /> recommended
              </span>
            )}
            <span>{means}</span>
          </div>
        ))}
        {prompt.answers.length === 0 && <div>Type it into the terminal. What the terminal does not show is not recorded.</div>}
      </div>
    </section>
  );
}
