'use strict';
const { contextBridge, ipcRenderer } = require('electron');

const heard = [];
ipcRenderer.on('port', ({ ports: [port] }) => {
  port.addEventListener('message', ({ data }) => {
    heard.push(data);
    if (data.bytes) port.postMessage({ sum: data.bytes.reduce((sum, byte) => sum + byte, 0) });
  });
  port.addEventListener('close', () => heard.push('closed'));
  port.start();
});
globalThis.inThePreload = true;

contextBridge.exposeInMainWorld('sample', {
  heard: () => heard,
  twice: (value) => ipcRenderer.invoke('twice', value),
  fail() {
    throw Object.assign(new Error('only this text'), { code: 'lost' });
  },
  callMe: (listener) => listener(new Uint8Array([7, 8, 9])),
});
