/** What the window's libraries cost before the product adds anything: the frame, a heading and one field of each kind, in Wrenchbook's place. */
import '../../../shared/wire/zod-without-eval.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { AppShell, Button, Checkbox, MantineProvider, Modal, NativeSelect, Textarea, TextInput, Title } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { IconSearch } from '@tabler/icons-react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { create } from 'zustand';

const useText = create<{ text: string }>(() => ({ text: z.string().parse('Nothing is here.') }));

function EmptyPage() {
  const text = useText((state) => state.text);
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 84, breakpoint: 0 }}>
      <AppShell.Header>
        <IconSearch />
      </AppShell.Header>
      <AppShell.Navbar>
        <Button>Button</Button>
      </AppShell.Navbar>
      <AppShell.Main>
        <Title order={1}>{text}</Title>
        <Textarea rows={1} label="Lines" />
        <TextInput label="Text" />
        <NativeSelect label="Choice" data={['one']} />
        <Checkbox label="Switch" />
        <Modal opened={false} onClose={() => undefined}>
          {text}
        </Modal>
      </AppShell.Main>
    </AppShell>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider>
        <Notifications />
        <EmptyPage />
      </MantineProvider>
    </StrictMode>,
  );
