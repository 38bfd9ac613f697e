'use strict';
/** Notification: shown to nobody, kept for the test, which can press it (`standIn.notifications[0].emit('click')`). */
const { checkOptions, events, strict } = require('./not-implemented.cjs');

const EVENTS = ['show', 'click', 'close'];
const notifications = [];

class Notification {
  constructor(options = {}) {
    checkOptions('Notification', options, { title: {}, body: {} });
    const emitter = events('Notification', EVENTS);
    const facade = strict('Notification', {
      ...emitter,
      title: options.title ?? '',
      body: options.body ?? '',
      show() {
        notifications.push(facade);
        emitter.emit('show', {});
      },
      close: () => emitter.emit('close', {}),
    });
    // biome-ignore lint/correctness/noConstructorReturn: what the app gets is the guarded notification.
    return facade;
  }
  static isSupported() {
    return true;
  }
}

module.exports = { Notification: strict('Notification class', Notification), notifications };
