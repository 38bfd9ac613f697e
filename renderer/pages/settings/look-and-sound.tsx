/** How large things are, what the terminal looks like, and when the system speaks up. Kept at once, without a button. */
import { Button, Group, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { issueWords } from '../../../shared/api/issue-words.ts';
import { largestTerminalFont, settings, smallestTerminalFont, zooms } from '../../../shared/api/settings.ts';
import { changeSettings, useSettings } from '../../stores/settings.ts';
import { useWindowInfo } from '../../stores/window-info.ts';
import classes from './settings.module.css';

export function LookAndSound() {
  const { zoom, terminalFontSize, notifications, screenReader } = useSettings();
  const preview = useWindowInfo((state) => state.preview);
  return (
    <>
      <h2>Window and terminal</h2>
      <section className={classes.choices} aria-label="Window and terminal">
        <NativeSelect
          label="Zoom"
          description={preview ? 'For the Electron app. In this preview the browser’s own zoom counts: Ctrl and + or -' : 'Of everything in the window'}
          data={zooms.map((percent) => ({ value: String(percent), label: `${percent} %` }))}
          value={String(zoom)}
          onChange={(event) => {
            const chosen = zooms.find((percent) => String(percent) === event.currentTarget.value);
            if (chosen) void changeSettings({ zoom: chosen });
          }}
        />
        <NumberInput
          label="Size of the terminal’s text"
          description={`In pixels, ${smallestTerminalFont} to ${largestTerminalFont}`}
          min={smallestTerminalFont}
          max={largestTerminalFont}
          allowDecimal={false}
          clampBehavior="blur"
          value={terminalFontSize}
          onChange={(value) => {
            const parsed = settings.shape.terminalFontSize.safeParse(value);
            if (parsed.success && parsed.data !== terminalFontSize) void changeSettings({ terminalFontSize: parsed.data });
          }}
        />
        <TerminalFont />
        <Switch
          label="Terminal text for screen readers"
          description="The output of commands can be read line by line. Much output is slower to draw."
          checked={screenReader}
          onChange={(event) => void changeSettings({ screenReader: event.currentTarget.checked })}
        />
        <Switch
          label="Notifications of the system"
          description="When a run asks something, or a long step ends, while you work in another window."
          checked={notifications}
          onChange={(event) => void changeSettings({ notifications: event.currentTarget.checked })}
        />
      </section>
    </>
  );
}

function TerminalFont() {
  const { terminalFont } = useSettings();
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? terminalFont;
  const parsed = settings.shape.terminalFont.safeParse(value, { error: (issue) => issueWords(issue, 'The font’s name') });
  const keep = () => {
    if (!parsed.success || typed === null) return;
    setTyped(null);
    void changeSettings({ terminalFont: parsed.data });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          className={classes.grow ?? ''}
          label="Font of the terminal"
          description="A font of this computer whose letters are equally wide, such as JetBrains Mono. Empty: the usual one."
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          error={parsed.success ? undefined : parsed.error.issues[0]?.message}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={keep}
        />
        <Button type="submit" variant="default" disabled={typed === null || typed === terminalFont || !parsed.success}>
          Use this font
        </Button>
      </Group>
    </form>
  );
}
