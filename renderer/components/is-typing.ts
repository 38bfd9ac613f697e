/** Whether somebody types there: keys and the keyboard's place are theirs. */
export const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range', 'submit'].includes(element.type)) ||
  (element instanceof HTMLElement && element.isContentEditable);
