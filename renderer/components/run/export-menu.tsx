import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';

const formats: { format: ExportFormat; label: string; what: string }[] = [
  { format: 'md', label: 'Markdown', what: 'for a ticket or a wiki' },
  { format: 'html', label: 'HTML page', what: 'with player, opens anywhere' },
  { format: 'cast', label: 'Recording', what: 'asciicast v3' },
  { format: 'txt', label: 'Plain text', what: 'what the screen showed' },
  { format: 'json', label: 'JSON', what: 'the whole record' },
];

export function ExportMenu({ runId, size = 'xs' }: { runId: string; size?: 'xs' | 'compact-sm' }) {
  const save = async (format: ExportFormat) => {
    try {
      const { path } = await api.window.exportTranscript({ runId, format });
      if (path) notifications.show({ title: 'Transcript exported', message: path, color: 'green', withBorder: true });
    } catch (thrown) {
      reportError(thrown);
    }
  };
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size={size} variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label, what }) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {label}{' '}
            <span style={{ color: 'var(--wb-quiet)' }}>
              (.{format}), {what}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
