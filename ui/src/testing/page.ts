// A page with one component on it, for tests: shown with a fake host, looked at by role and name, worked like a person would.

import axe from 'axe-core';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect } from 'vitest';
import { setHost } from '@/ipc';
import { fakeHost, type FakeHost, type Switches } from '@/ipc/fake';

const shown: (() => void)[] = [];

afterEach(() => {
  for (const away of shown.splice(0)) away();
});

/** Shows a component and lets what it asked for arrive. */
export async function show<P extends Record<string, unknown>>(component: Component<P>, props?: P): Promise<HTMLElement> {
  const target = document.body.appendChild(document.createElement('div'));
  // `props` is left out only for components that take none.
  const instance = mount(component, { target, props: props as P });
  shown.push(() => void unmount(instance));
  await settle();
  return target;
}

/** Sets a fake host in the given state. */
export function withHost(switches: Partial<Switches> = {}): FakeHost {
  const fake = fakeHost(switches, () => new Date(2026, 10, 19, 18, 44));
  setHost(fake);
  return fake;
}

/** Lets promises and effects come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await Promise.resolve();
    await new Promise((done) => setImmediate(done));
    flushSync();
  }
}

const nameOf = (element: Element): string => {
  const labelled = element.getAttribute('aria-labelledby');
  if (labelled) return labelled.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const own = element.getAttribute('aria-label');
  if (own) return own;
  if ((element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) && element.labels?.length) {
    return [...element.labels].map((label) => label.textContent ?? '').join(' ').trim();
  }
  return element.textContent?.trim() ?? '';
};

/** Every element that matches and whose name contains the words. */
export function all<E extends HTMLElement>(selector: string, name: string | RegExp = ''): E[] {
  return [...document.querySelectorAll<E>(selector)].filter((element) => {
    const found = nameOf(element).replace(/\s+/g, ' ');
    return typeof name === 'string' ? found.includes(name) : name.test(found);
  });
}

/** The one element that matches; says which names there were when there is none. */
export function one<E extends HTMLElement>(selector: string, name: string | RegExp = ''): E {
  const found = all<E>(selector, name);
  if (!found[0]) throw new Error(`No ${selector} named ${String(name)}; there are: ${all(selector).map(nameOf).join(' | ')}`);
  return found[0];
}

/** Presses a button or a link. */
export async function click(name: string | RegExp, selector = 'button, a, [role=option], input[type=radio], input[type=checkbox]'): Promise<void> {
  one(selector, name).click();
  await settle();
}

/** Types into a field, in place of what was there. */
export async function type(field: HTMLElement, text: string): Promise<void> {
  const box = field as HTMLInputElement | HTMLTextAreaElement;
  box.focus();
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

/** Presses a key where the focus is, or on the given element. */
export async function press(key: string, with_: Partial<KeyboardEventInit> = {}, on: Element | null = document.activeElement): Promise<void> {
  (on ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...with_ }));
  await settle();
}

/** Whether the page says these words. */
export const says = (words: string): boolean => (document.body.textContent ?? '').replace(/\s+/g, ' ').includes(words);

/** Holds the page to the rules of accessibility that can be checked without a layout; colours are checked in the real window. */
export async function expectAccessible(): Promise<void> {
  const result = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join('\n')}`)).toEqual([]);
}
