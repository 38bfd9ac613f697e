/** The application menu: the system's own entries, plus zoom, theme and the data folder. */
import { app, Menu, type MenuItemConstructorOptions, nativeTheme, shell } from 'electron';
import { type Theme, theme } from './window-state.ts';

interface MenuOptions {
  dataFolder: string;
  theme: Theme;
  onTheme(theme: Theme): void;
}

const THEME_NAMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function setMenu(options: MenuOptions): void {
  const mac = process.platform === 'darwin';
  const themes: MenuItemConstructorOptions[] = theme.options.map((name) => ({
    id: `theme-${name}`,
    label: THEME_NAMES[name],
    type: 'radio',
    checked: name === options.theme,
    click: () => {
      nativeTheme.themeSource = name;
      options.onTheme(name);
    },
  }));
  const showData: MenuItemConstructorOptions = {
    id: 'data-folder',
    label: 'Show data folder',
    click: () => {
      void shell.openPath(options.dataFolder).then((problem) => {
        if (problem) console.error(`${options.dataFolder} could not be shown: ${problem}`);
      });
    },
  };
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: [showData, { type: 'separator' }, mac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { label: 'Theme', submenu: themes },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
