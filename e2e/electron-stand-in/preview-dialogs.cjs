'use strict';
/** Dialogs for an admin who uses the preview: plain, but none is a dead end. */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const say = (...lines) => console.error(['', ...lines, ''].join('\n'));

/** `name.md`, `name (2).md`, …: the first that is not taken in `folder`. */
function freeName(folder, name) {
  const { name: stem, ext } = path.parse(name);
  for (let count = 1; ; count++) {
    const file = path.join(folder, count === 1 ? name : `${stem} (${count})${ext}`);
    if (!fs.existsSync(file)) return file;
  }
}

/** Electron's dialog functions take the parent window as an optional first value. */
const optionsOf = (values) => values.at(-1) ?? {};

function previewDialogs({ ask, folders }) {
  return {
    async showSaveDialog(...values) {
      const { defaultPath = 'wrenchbook' } = optionsOf(values);
      const folder = fs.existsSync(folders.downloads) ? folders.downloads : folders.home;
      const filePath = freeName(folder, path.basename(defaultPath));
      say(`Saving as ${filePath}`);
      return { canceled: false, filePath };
    },
    async showOpenDialog(...values) {
      const { title = 'Choose a file' } = optionsOf(values);
      let question = `${title}\nFull path of the file:`;
      for (let answer = await ask(question, `${folders.home}/`); answer !== null; answer = await ask(question, answer)) {
        const file = answer.trim();
        if (path.isAbsolute(file) && fs.existsSync(file) && fs.statSync(file).isFile()) return { canceled: false, filePaths: [file] };
        question = `${title}\nThere is no file ${file}. Full path of the file:`;
      }
      return { canceled: true, filePaths: [] };
    },
    async showMessageBox(...values) {
      const { message = '', detail = '', buttons = ['OK'], defaultId = 0 } = optionsOf(values);
      say(message, detail, `Answered with: ${buttons[defaultId]}`);
      return { response: defaultId, checkboxChecked: false };
    },
    showErrorBox: (title, content) => say(title, content),
  };
}

function previewShell() {
  /** Hands over to the desktop; without one, says what would have been opened. */
  const open = (what) =>
    new Promise((resolve) => {
      const child = spawn('xdg-open', [what], { stdio: 'ignore', detached: true });
      child.once('spawn', () => {
        child.unref();
        resolve('');
      });
      child.once('error', () => {
        say(`Open this yourself: ${what}`);
        resolve('');
      });
    });
  return { openExternal: async (url) => void (await open(url)), openPath: open };
}

module.exports = { freeName, previewDialogs, previewShell };
