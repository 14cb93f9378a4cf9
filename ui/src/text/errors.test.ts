import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/ipc';
import { t } from './index';
import { textOf } from './errors';

describe('the table of errors', () => {
  const codes = Object.keys(t.errors) as ErrorCode[];

  it('says for every code what happened, what is safe and what to do', () => {
    for (const code of codes) {
      const words = t.errors[code];
      expect(words.title, code).not.toBe('');
      expect(words.safe, code).toMatch(/\.$/);
      expect(words.todo, code).toMatch(/\.$/);
    }
  });

  it('lets the sentence of the host come first, followed by what to do', () => {
    const text = textOf({ code: 'disk_full', message: 'The disk is full. What was saved before is safe.' });
    expect(text.text).toBe('The disk is full. What was saved before is safe. Make room and try again.');
    expect(text.severity).toBe('loss');
  });

  it('finds words of its own when the host has none', () => {
    expect(textOf({ code: 'locked', message: '' }).line).toBe('The notebook is locked. Everything in it is safe.');
  });
});
