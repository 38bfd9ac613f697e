'use strict';
/**
 * Dialogs and the desktop. In tests nobody is there to answer, so each dialog throws until the test replaces it
 * (`electronApp.evaluate(({ dialog }) => { dialog.showSaveDialog = async () => … })`). In the preview an admin is there.
 */
const { strict } = require('./not-implemented.cjs');
const { recorded } = require('./recorded.cjs');
const { previewDialogs, previewShell } = require('./preview-dialogs.cjs');

const DIALOGS = ['showOpenDialog', 'showSaveDialog', 'showMessageBox', 'showErrorBox'];
const SHELL = ['openExternal', 'openPath'];
/** Opens nothing: what was asked for is kept for the test. */
const recordingShell = () => ({
  ...unscripted('shell', SHELL),
  openExternal: async (url) => void recorded.opened.push(url),
  openPath: async (folder) => {
    recorded.shown.push(folder);
    return '';
  },
});

const unscripted = (module, names) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      (...values) => {
        throw new Error(`electron stand-in: ${module}.${name}(${JSON.stringify(values.at(-1))}) was called, and the test scripted no answer.`);
      },
    ]),
  );

/** `ask(question, suggestion)`: a native prompt in the page, for the preview. */
function makeDialogs({ preview, ask, folders }) {
  return {
    dialog: strict('dialog', preview ? previewDialogs({ ask, folders }) : unscripted('dialog', DIALOGS), { scripted: DIALOGS }),
    shell: strict('shell', preview ? previewShell() : recordingShell(), { scripted: SHELL }),
  };
}

module.exports = { makeDialogs };
