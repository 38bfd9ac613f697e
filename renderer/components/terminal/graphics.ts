/** Draws the terminal with WebGL where a graphics processor does it; software rendering is a third as fast as plain DOM. */
import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether a renderer's name, as WebGL tells it, is one that draws on the processor. */
export const isSoftwareRenderer = (name: string) => software.test(name);

export function drawWithGraphics(terminal: Terminal): void {
  if (!hasGraphicsProcessor()) return;
  try {
    const addon = new WebglAddon();
    // Without its addon the terminal draws with DOM again, with everything that was on the screen.
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch {
    // WebGL was there a moment ago and is not now: the DOM renderer is already in place.
  }
}

function hasGraphicsProcessor(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name = info ? String(context.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return name !== '' && !isSoftwareRenderer(name);
}
