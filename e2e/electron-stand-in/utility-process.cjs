'use strict';
/** utilityProcess.fork, on child_process.fork with the serialisation that keeps binary data binary. */
const { fork } = require('node:child_process');
const path = require('node:path');
const { handOver } = require('./message-ports.cjs');
const { checkOptions, events, strict } = require('./not-implemented.cjs');

const children = new Set();
let lastPortId = 0;

function forkUtility(modulePath, argv = [], options = {}) {
  checkOptions('utilityProcess.fork', options, { serviceName: {}, stdio: { only: 'inherit' } });
  const emitter = events('utilityProcess', ['spawn', 'exit', 'message']);
  const ports = new Map();
  const child = fork(path.join(__dirname, 'utility-host.cjs'), [modulePath, ...argv], { serialization: 'advanced', execArgv: [], stdio: 'inherit' });
  const send = (message) => {
    if (child.connected) child.send(message, () => undefined);
  };

  child.on('message', (message) => {
    if (message.kind === 'message') emitter.emit('message', message.value);
    else if (message.kind === 'port') ports.get(message.id)?.receive(message.value);
    else ports.get(message.id)?.close();
  });
  child.once('spawn', () => emitter.emit('spawn'));
  child.once('exit', (code) => {
    children.delete(child);
    for (const port of [...ports.values()]) port.close();
    // A process ended by a signal has no code of its own.
    emitter.emit('exit', code ?? 1);
  });
  children.add(child);

  return strict('utilityProcess', {
    ...emitter,
    stdout: null,
    stderr: null,
    get pid() {
      return child.exitCode === null && child.signalCode === null ? child.pid : undefined;
    },
    kill: () => child.kill(),
    postMessage(value, transfer = []) {
      const moved = transfer.map((port) => ({ id: ++lastPortId, port }));
      send({ kind: 'message', value, ports: moved.map(({ id }) => id) });
      for (const { id, port } of moved) {
        const place = {
          send: (message) => send({ kind: 'port', id, value: message }),
          close() {
            ports.delete(id);
            send({ kind: 'port-closed', id });
          },
        };
        ports.set(id, handOver(port, place));
      }
    },
  });
}

module.exports = {
  utilityProcess: strict('utilityProcess module', { fork: forkUtility }),
  killUtilityProcesses() {
    for (const child of children) child.kill('SIGKILL');
  },
};
