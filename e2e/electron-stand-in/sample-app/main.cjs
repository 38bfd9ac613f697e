'use strict';
// Uses the stand-in the way an app uses Electron, and prints as JSON what it saw.
const fs = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, utilityProcess } = require('electron');

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.on('window-all-closed', () => undefined);

async function observe() {
  protocol.handle('app', ({ url }) =>
    url === 'app://sample/page.html'
      ? new Response(fs.readFileSync(path.join(__dirname, 'page.html')), { headers: { 'content-type': 'text/html' } })
      : new Response(null, { status: 404 }),
  );
  ipcMain.handle('twice', (event, value) => ({ value: value * 2, origin: event.senderFrame.origin }));
  const window = new BrowserWindow({ webPreferences: { preload: path.join(__dirname, 'preload.cjs') } });
  const contents = window.webContents;
  const refused = [];
  contents.setWindowOpenHandler(({ url }) => {
    refused.push(`open ${url}`);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    refused.push(`go ${url}`);
    event.preventDefault();
  });
  await window.loadURL('app://sample/page.html');
  const inPage = (source) => contents.executeJavaScript(source);
  const until = async (source) => {
    while (!(await inPage(source))) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  const utility = utilityProcess.fork(path.join(__dirname, 'utility.cjs'));
  const { port1, port2 } = new MessageChannelMain();
  utility.postMessage(null, [port1]);
  contents.postMessage('port', null, [port2]);
  const fromUtility = await new Promise((resolve) => utility.once('message', resolve));
  const exitCode = await new Promise((resolve) => utility.once('exit', resolve));
  await until("sample.heard().includes('closed')");

  const seen = {
    leaks: await inPage('[typeof require, typeof process, typeof inThePreload, Object.keys(window).filter((name) => name.includes("StandIn")).length]'),
    frozen: await inPage('sample.twice = 1, typeof sample.twice'),
    invoked: await inPage('(async () => await sample.twice(21))()'),
    thrown: await inPage('(() => { try { sample.fail(); } catch (error) { return [error instanceof Error, error.message, error.code ?? "no code"]; } })()'),
    calledBack: await inPage('(() => { let got; sample.callMe((bytes) => { got = [bytes instanceof Uint8Array, ...bytes]; }); return got; })()'),
    opened: await inPage('String(window.open("https://example.org/new"))'),
    heard: await inPage('sample.heard().map((item) => item === "closed" ? item : [item.bytes instanceof Uint8Array, item.bytes.length, item.bytes[257]])'),
    fromUtility,
    exitCode,
  };
  await inPage('void (location.href = "https://example.org/away")');
  while (refused.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  return { ...seen, refused, address: contents.getURL(), version: app.getVersion() };
}

app
  .whenReady()
  .then(observe)
  .then(
    (seen) => {
      process.stdout.write(JSON.stringify(seen));
      app.quit();
    },
    (thrown) => {
      console.error(thrown);
      app.exit(1);
    },
  );
