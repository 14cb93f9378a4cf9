import { describe, expect, it, vi } from 'vitest';
import type { FilledTemplate } from '@/ipc';
import { all, click, expectAccessible, one, says, show, type, withHost } from '@/testing/page';
import BeginFrom from './BeginFrom.svelte';

const words = { id: null, tags: ['listening'] };

describe('an empty page', () => {
  it('offers nothing while there are no templates', async () => {
    withHost();
    await show(BeginFrom, { onbegin: () => undefined });
    expect(says('Begin from')).toBe(false);
  });

  it('begins from a template at once when it asks nothing', async () => {
    const host = withHost();
    await host.call('templates_save', { ...words, name: 'Weekly', title: 'A week', text: 'One {{cursor}} two' });
    const begun = vi.fn<(filled: FilledTemplate) => void>();
    await show(BeginFrom, { onbegin: begun });
    await click('Weekly');
    expect(begun).toHaveBeenCalledWith({ title: 'A week', text: 'One  two', cursor: 4, tags: ['listening'] });
  });

  it('asks the questions of a template first, and begins nothing when they are put aside', async () => {
    const host = withHost();
    await host.call('templates_save', { ...words, name: 'After a talk', title: 'With {{ask: With whom?}}', text: '{{cursor}}' });
    const begun = vi.fn<(filled: FilledTemplate) => void>();
    await show(BeginFrom, { onbegin: begun });
    await click('After a talk');
    await expectAccessible();
    await click('Not now');
    expect(all('dialog')).toHaveLength(0);
    expect(begun).not.toHaveBeenCalled();

    await click('After a talk');
    await type(one('dialog input'), 'Noor');
    one<HTMLFormElement>('dialog form').requestSubmit();
    await vi.waitFor(() => expect(begun).toHaveBeenCalledWith({ title: 'With Noor', text: '', cursor: 0, tags: ['listening'] }));
  });
});
