'use strict';
// Sends 300 bytes over the port it is given, waits for the page's sum of them, reports it, and ends.
const process = require('node:process');

process.parentPort.on('message', ({ ports: [port] }) => {
  port.on('message', ({ data }) => {
    process.parentPort.postMessage(data);
    setTimeout(() => process.exit(4), 20);
  });
  port.start();
  port.postMessage({ bytes: Uint8Array.from({ length: 300 }, (_, index) => index % 256) });
});
