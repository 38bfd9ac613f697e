/** Colours and sizes of the window, on top of Mantine's defaults. Meaning-bearing colours are in theme.css. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Modal, Notification, Splitter } from '@mantine/core';
import { monospace } from './components/terminal/terminal-look.ts';

const petrol: MantineColorsTuple = ['#e8f4f8', '#d2e6ed', '#a6cddb', '#76b2c8', '#4f9bb6', '#358da9', '#237f9d', '#166f8d', '#0b6280', '#04556f'];

/** Mantine's greys of the dark scheme, with a breath of blue. */
const dark: MantineColorsTuple = ['#c9d1d9', '#b3bcc6', '#9aa5b0', '#76818c', '#4a535d', '#39414a', '#272d34', '#1f242a', '#1b1f24', '#14171b'];

export const theme = createTheme({
  primaryColor: 'petrol',
  colors: { petrol, dark },
  primaryShade: { light: 7, dark: 7 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: monospace,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // A dialog's header is no banner of the page.
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'presentation' } } } }),
    // Where a page gives it no name of its own.
    Splitter: Splitter.extend({ defaultProps: { attributes: { handle: { 'aria-label': 'Divider between two parts' } } } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close the message' }, styles: { description: { color: 'var(--wb-quiet)' } } },
    }),
  },
});

/** Mantine's own variables, pointed at the colours of theme.css, so that its components and ours agree. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--wb-page)',
    '--mantine-color-text': 'var(--wb-text)',
    '--mantine-color-dimmed': 'var(--wb-quiet)',
    '--mantine-color-placeholder': 'var(--wb-quiet)',
    '--mantine-color-default-border': 'var(--wb-line)',
    '--mantine-color-error': 'var(--wb-bad)',
    '--mantine-color-anchor': 'var(--wb-accent)',
    '--mantine-color-petrol-light-color': 'var(--wb-accent)',
    '--mantine-color-petrol-outline': 'var(--wb-accent)',
  };
  return { variables: {}, light: shared, dark: { ...shared, '--mantine-color-default': 'var(--wb-surface)' } };
};
