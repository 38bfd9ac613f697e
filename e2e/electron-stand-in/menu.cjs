'use strict';
/** Menu: kept and clickable by tests, never drawn. Roles do what their name says where the stand-in can do it. */
const { NotImplemented, checkOptions, strict } = require('./not-implemented.cjs');

const ITEM = { id: {}, label: {}, type: {}, role: {}, checked: {}, enabled: {}, visible: {}, accelerator: {}, click: {}, submenu: {} };
/** Roles that bring entries of their own; they are not listed here. */
const ROLES_WITH_MENU = ['editMenu', 'windowMenu', 'help'];
const ROLES = [...ROLES_WITH_MENU, 'about', 'close', 'quit', 'reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'toggleDevTools'];

/** `actions`: what the roles do that the stand-in can do. */
function makeMenus({ actions, focusedWindow }) {
  let applicationMenu = null;

  function makeItem(template, siblings) {
    checkOptions('a menu item', template, ITEM);
    const { role, click } = template;
    if (role !== undefined && !ROLES.includes(role)) throw new NotImplemented(`the menu role ${role}`);
    const item = {
      id: template.id ?? '',
      label: template.label ?? '',
      role: role ?? '',
      type: template.type ?? (template.submenu ? 'submenu' : 'normal'),
      checked: template.checked ?? false,
      enabled: template.enabled ?? true,
      submenu: Array.isArray(template.submenu) ? makeMenu(template.submenu) : null,
      click() {
        if (item.type === 'radio') for (const sibling of siblings()) sibling.checked = sibling === item;
        if (item.type === 'checkbox') item.checked = !item.checked;
        if (click) return click(item, focusedWindow(), {});
        const action = actions[item.role];
        if (!action) throw new NotImplemented(`clicking the menu role ${item.role}`);
        action();
      },
    };
    return item;
  }

  function makeMenu(templates) {
    const items = templates.map((template) => makeItem(template, () => items));
    return strict('Menu', {
      items,
      getMenuItemById(id) {
        for (const item of items) {
          const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
          if (found) return found;
        }
        return null;
      },
    });
  }

  return strict('Menu class', {
    buildFromTemplate: makeMenu,
    setApplicationMenu(menu) {
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
  });
}

module.exports = { makeMenus };
