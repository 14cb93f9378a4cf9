import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { press, settle, withHost } from '@/testing/page';
import { asking } from './asking.svelte';
import { commands, type Command } from './commands.svelte';
import { pressed, shown, shownAccelerator } from './keys';
import { notebook } from './notebook.svelte';
import { hashOf, placeFrom, route } from './route.svelte';
import { beforeLeaving, saveAll } from './saving';
import { toasts, TOAST_STAYS } from './toasts.svelte';

describe('places', () => {
  it('come back from the address they were written to', () => {
    for (const place of [
      { room: 'journal', entry: null },
      { room: 'journal', entry: '0199a000-0000-7000-8000-000000000001' },
      { room: 'settings', section: 'lock' },
    ] as const) expect(placeFrom(hashOf(place))).toEqual(place);
  });

  it('are the page of today when an address means nothing', () => {
    expect(placeFrom('#/nowhere/x')).toEqual({ room: 'today' });
    expect(placeFrom('')).toEqual({ room: 'today' });
    expect(placeFrom('#/settings/nothing')).toEqual({ room: 'settings', section: 'who' });
  });
});

describe('keys', () => {
  const event = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);

  it('are written as each system writes them', () => {
    expect(shown('Mod+K', false)).toBe('Ctrl K');
    expect(shown('Mod+K', true)).toBe('⌘K');
    expect(shownAccelerator('CmdOrCtrl+Shift+J', false)).toBe('Ctrl Shift J');
  });

  it('are recognised with Command on a Mac and Control elsewhere', () => {
    expect(pressed(event({ key: 'k', ctrlKey: true }), false)).toBe('Mod+K');
    expect(pressed(event({ key: 'k', ctrlKey: true }), true)).toBe('K');
    expect(pressed(event({ key: 'k', metaKey: true }), true)).toBe('Mod+K');
    expect(pressed(event({ key: 'L', ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+L');
  });

  it('of a question mark need no Shift in the list', () => {
    expect(pressed(event({ key: '?', shiftKey: true }), false)).toBe('?');
  });
});

describe('the address', () => {
  it('of a place one is on the way to is not taken back by the place one leaves', async () => {
    route.go({ room: 'journal', entry: null });
    location.hash = '#/growth';
    route.openEntry(null);
    await vi.waitFor(() => expect(route.now.room).toBe('growth'));
    expect(location.hash).toBe('#/growth');
  });
});

describe('commands', () => {
  const offered: (() => void)[] = [];
  const offer = (...list: Partial<Command>[]): void => void offered.push(commands.offer(list.map((one) => ({ id: 'x', label: 'x', run: () => undefined, ...one }))));
  afterEach(() => offered.splice(0).forEach((end) => end()));

  it('of two on one key the later one counts', () => {
    const done: string[] = [];
    offer({ id: 'frame', keys: 'Mod+J', run: () => done.push('frame') });
    offer({ id: 'room', keys: 'Mod+J', run: () => done.push('room') });
    commands.press(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }));
    expect(done).toEqual(['room']);
  });

  it('that cannot be done now are passed over', () => {
    const done: string[] = [];
    offer({ id: 'a', keys: 'Mod+J', run: () => done.push('a') });
    offer({ id: 'b', keys: 'Mod+J', can: () => false, run: () => done.push('b') });
    commands.press(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }));
    expect(done).toEqual(['a']);
    expect(commands.run('b')).toBe(false);
  });

  it('come once when the menu and the key arrive together', () => {
    let done = 0;
    offer({ id: 'once', keys: 'Mod+J', run: () => (done += 1) });
    commands.press(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }));
    commands.run('once', 'menu');
    expect(done).toBe(1);
    commands.run('once', 'menu');
    commands.press(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }));
    expect(done).toBe(2);
  });

  it('come as often as the key is pressed, however fast', () => {
    let done = 0;
    offer({ id: 'often', keys: 'Mod+J', run: () => (done += 1) });
    for (let time = 0; time < 3; time += 1) commands.press(new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }));
    expect(done).toBe(3);
  });

  it('of one letter stay quiet while somebody types', async () => {
    let done = 0;
    offer({ id: 'letter', keys: '?', run: () => (done += 1) });
    const listen = (event: Event): void => commands.press(event as KeyboardEvent);
    addEventListener('keydown', listen);
    const field = document.body.appendChild(document.createElement('input'));
    await press('?', {}, field);
    expect(done).toBe(0);
    await press('?', {}, document.body);
    expect(done).toBe(1);
    removeEventListener('keydown', listen);
  });
});

describe('toasts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    toasts.clear();
    vi.useRealTimers();
  });

  it('go after six seconds', () => {
    toasts.show('Moved to trash.');
    vi.advanceTimersByTime(TOAST_STAYS - 1);
    expect(toasts.now?.text).toBe('Moved to trash.');
    vi.advanceTimersByTime(1);
    expect(toasts.now).toBeUndefined();
  });

  it('stay while the pointer is on them', () => {
    toasts.show('Moved to trash.');
    toasts.hold(true);
    vi.advanceTimersByTime(TOAST_STAYS * 3);
    expect(toasts.now).toBeDefined();
    toasts.hold(false);
    vi.advanceTimersByTime(TOAST_STAYS);
    expect(toasts.now).toBeUndefined();
  });

  it('undo once', () => {
    let undone = 0;
    toasts.show('Moved to trash.', { label: 'Undo', run: () => (undone += 1) });
    const action = toasts.now?.action;
    action?.run();
    action?.run();
    expect(undone).toBe(1);
    expect(toasts.act()).toBe(false);
  });
});

describe('questions', () => {
  it('are answered with no when another one comes', async () => {
    const first = asking.ask({ title: 'One?', verb: 'Yes' });
    const second = asking.ask({ title: 'Two?', verb: 'Yes' });
    expect(await first).toBe(false);
    asking.now?.answer(true);
    expect(await second).toBe(true);
  });
});

describe('saving before leaving', () => {
  it('asks everyone, also after one has failed', async () => {
    const saved: string[] = [];
    const ends = [beforeLeaving(() => Promise.reject(new Error('full'))), beforeLeaving(async () => saved.push('second'))];
    await saveAll();
    expect(saved).toEqual(['second']);
    ends.forEach((end) => end());
    await saveAll();
    expect(saved).toEqual(['second']);
  });
});

describe('settings', () => {
  it('answer at once and go back when the host refuses', async () => {
    const host = withHost();
    const end = notebook.follow();
    await settle();
    host.failNext('settings_change', 'read_only');
    const change = notebook.change({ theme: 'dark' });
    expect(notebook.settings?.theme).toBe('dark');
    await expect(change).rejects.toMatchObject({ code: 'read_only' });
    expect(notebook.settings?.theme).toBe('system');
    end();
  });
});
