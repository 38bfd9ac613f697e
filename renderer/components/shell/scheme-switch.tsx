import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { ChoiceButtons } from '../choice-buttons.tsx';

const schemes = [
  { value: 'light', name: 'Light colours', look: <IconSun size={15} aria-hidden /> },
  { value: 'dark', name: 'Dark colours', look: <IconMoon size={15} aria-hidden /> },
  { value: 'auto', name: 'Colours of the system', look: <IconDeviceDesktop size={15} aria-hidden /> },
] as const;

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return <ChoiceButtons label="Colours" value={colorScheme} choices={schemes} onChange={setColorScheme} />;
}
