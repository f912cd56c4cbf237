import { describe, expect, it, vi } from 'vitest';
import { displayKeyStroke, matchesKeyStroke, parseKeyStroke } from '../../web/src/lib/keyboard/keys.ts';
import { ShortcutRegistry } from '../../web/src/lib/keyboard/registry.ts';

const press = (code: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat', boolean>> = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  ...modifiers,
});
const shortcut = (key: string, scope: 'everywhere' | 'page' | 'dialog' = 'page') => ({
  key,
  scope,
  label: () => key,
  run: vi.fn(),
});

describe('key strokes', () => {
  it('go by the physical key, so the Russian layout presses the same', () => {
    expect(matchesKeyStroke(parseKeyStroke('KeyM'), press('KeyM'))).toBe(true);
    expect(matchesKeyStroke(parseKeyStroke('KeyM'), press('KeyM', { ctrlKey: true }))).toBe(false);
    expect(matchesKeyStroke(parseKeyStroke('Ctrl+Enter'), press('NumpadEnter', { metaKey: true }))).toBe(true);
    expect(matchesKeyStroke(parseKeyStroke('Digit3'), press('Numpad3'))).toBe(true);
  });

  it('refuse what is no key', () => {
    expect(() => parseKeyStroke('Hyper+KeyM')).toThrow('Not a key');
    expect(() => parseKeyStroke('')).toThrow('Not a key');
  });

  it('are shown as people know them', () => {
    expect(displayKeyStroke('KeyM', 'Пробел')).toEqual(['M']);
    expect(displayKeyStroke('Space', 'Пробел')).toEqual(['Пробел']);
    expect(displayKeyStroke('Ctrl+Enter', 'Пробел')).toEqual(['Ctrl', 'Enter']);
    expect(displayKeyStroke('Shift+Slash', 'Пробел')).toEqual(['?']);
  });
});

describe('the registry', () => {
  it('gives a key to the latest that asked, and back when it leaves', () => {
    const registry = new ShortcutRegistry();
    const first = shortcut('Space');
    const second = shortcut('Space');
    registry.add(first);
    const remove = registry.add(second);
    expect(registry.find(press('Space'), false)).toBe(second);
    expect(registry.list()).toEqual([second]);
    remove();
    expect(registry.find(press('Space'), false)).toBe(first);
  });

  it('skips what is disabled now and falls to the one below', () => {
    const registry = new ShortcutRegistry();
    const below = shortcut('Space');
    registry.add(below);
    registry.add({ ...shortcut('Space'), enabled: () => false });
    expect(registry.find(press('Space'), false)).toBe(below);
  });

  it('is silent while typing, but for keys with a modifier that ask for it', () => {
    const registry = new ShortcutRegistry();
    registry.add(shortcut('KeyM'));
    const save = { ...shortcut('Ctrl+Enter'), whileTyping: true };
    registry.add(save);
    expect(registry.find(press('KeyM'), true)).toBeNull();
    expect(registry.find(press('Enter', { ctrlKey: true }), true)).toBe(save);
    expect(() => registry.add({ ...shortcut('KeyM'), whileTyping: true })).toThrow('eat what people type');
  });

  it('ignores a key that is held down unless the shortcut repeats', () => {
    const registry = new ShortcutRegistry();
    registry.add(shortcut('Space'));
    const mover = { ...shortcut('ArrowDown'), repeat: true };
    registry.add(mover);
    expect(registry.find(press('Space', { repeat: true }), false)).toBeNull();
    expect(registry.find(press('ArrowDown', { repeat: true }), false)).toBe(mover);
  });

  it('silences the page under a dialog, and a dialog under a dialog', () => {
    const registry = new ShortcutRegistry();
    registry.add(shortcut('Space'));
    registry.add(shortcut('Shift+Slash', 'everywhere'));
    const closeOuter = registry.openDialog();
    const outer = shortcut('Enter', 'dialog');
    registry.add(outer);
    expect(registry.find(press('Space'), false)).toBeNull();
    expect(registry.find(press('Enter'), false)).toBe(outer);
    const closeInner = registry.openDialog();
    expect(registry.find(press('Enter'), false)).toBeNull();
    closeInner();
    expect(registry.list()).toEqual([outer]);
    closeOuter();
    expect(registry.find(press('Space'), false)?.key).toBe('Space');
  });

  it('tells of each change until told to stop', () => {
    const registry = new ShortcutRegistry();
    const listener = vi.fn();
    const stop = registry.subscribe(listener);
    const remove = registry.add(shortcut('KeyN'));
    remove();
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    registry.add(shortcut('KeyN'));
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
