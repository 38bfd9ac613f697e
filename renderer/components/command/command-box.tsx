/** A command as it is run, byte for byte. Long lines wrap on screen only: copying gives the original. */
import '@mantine/code-highlight/styles.css';
import { CodeHighlight, CodeHighlightAdapterProvider } from '@mantine/code-highlight';
import { CopyButton } from '../copy-button.tsx';
import classes from './command-box.module.css';
import { shellHighlight } from './shell-highlight.ts';

interface CommandBoxProps {
  title: string;
  script: string;
  /** Keeps a long script in a box of its own height instead of pushing the page down. */
  short?: boolean;
  loud?: boolean;
  /** Of its colours. */
  language?: 'bash' | 'plaintext';
}

export function CommandBox({ title, script, short = false, loud = false, language = 'bash' }: CommandBoxProps) {
  const text = (
    <CodeHighlightAdapterProvider adapter={shellHighlight}>
      <CodeHighlight
        code={script}
        language={language}
        withCopyButton={false}
        withFirstLineIndentation
        background="transparent"
        classNames={{ pre: classes.code ?? '', code: loud ? (classes.loud ?? '') : '' }}
      />
    </CodeHighlightAdapterProvider>
  );
  return (
    <figure className={classes.box} aria-label={title}>
      <figcaption className={classes.head}>
        <span>{title}</span>
        <CopyButton text={script} what={`“${title}”`} />
      </figcaption>
      {short ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
        // biome-ignore lint/a11y/useSemanticElements: no landmark, as a plan has many of one name
        <div role="group" className={classes.short} tabIndex={0} aria-label={`${title}, text`}>
          {text}
        </div>
      ) : (
        text
      )}
    </figure>
  );
}
