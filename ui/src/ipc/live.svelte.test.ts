import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { settle, withHost } from '@/testing/page';
import { apiError } from './host';
import { live, type Live } from './live.svelte';

function within<T>(make: () => Live<T>): { it: Live<T>; end: () => void } {
  let made: Live<T> | undefined;
  const end = $effect.root(() => {
    made = make();
  });
  flushSync();
  return { it: made as Live<T>, end };
}

describe('live facts', () => {
  it('are loaded at once, and again when their topic changes', async () => {
    const host = withHost();
    let loads = 0;
    const { it: facts, end } = within(() => live(['journal'], async () => ++loads));
    await settle();
    expect(facts.value).toBe(1);
    host.raise('changed', { topics: ['journal'] });
    host.raise('changed', { topics: ['journal', 'search'] });
    await settle();
    expect(facts.value).toBe(2);
    end();
  });

  it('do not care for other topics, nor for changes after their end', async () => {
    const host = withHost();
    let loads = 0;
    const { end } = within(() => live(['journal'], async () => ++loads));
    await settle();
    host.raise('changed', { topics: ['settings'] });
    await settle();
    expect(loads).toBe(1);
    end();
    host.raise('changed', { topics: ['journal'] });
    await settle();
    expect(loads).toBe(1);
  });

  it('never let an older answer replace a newer one', async () => {
    withHost();
    const answers: ((value: string) => void)[] = [];
    const { it: facts, end } = within(() => live<string>([], () => new Promise((done) => answers.push(done))));
    void facts.reload();
    answers[1]?.('new');
    await settle();
    answers[0]?.('old');
    await settle();
    expect(facts.value).toBe('new');
    expect(facts.loading).toBe(false);
    end();
  });

  it('follow what is read before the first await', async () => {
    withHost();
    let wanted = $state('a');
    const { it: facts, end } = within(() => live([], async () => wanted));
    await settle();
    expect(facts.value).toBe('a');
    wanted = 'b';
    await settle();
    expect(facts.value).toBe('b');
    end();
  });

  it('keep the last value when a later loading fails', async () => {
    withHost();
    let fails = false;
    const { it: facts, end } = within(() =>
      live([], async () => {
        if (fails) throw apiError('disk_full', 'Full.');
        return 'here';
      }),
    );
    await settle();
    fails = true;
    await facts.reload();
    expect(facts.value).toBe('here');
    expect(facts.error?.code).toBe('disk_full');
    end();
  });
});
