import { afterEach, describe, expect, it, vi } from 'vitest';
import { weeksOf } from '@/app/heat';
import { notebook } from '@/app/notebook.svelte';
import { hashOf, placeFrom } from '@/app/route.svelte';
import { toasts } from '@/app/toasts.svelte';
import type { LoopRow } from '@/ipc';
import type { FakeHost, Switches } from '@/ipc/fake';
import { all, click, expectAccessible, one, says, settle, show, withHost } from '@/testing/page';
import { braidScene } from './braidScene';
import Growth from './Growth.svelte';
import { svgOf, type Look } from './saving';
import { calendarScene, ringsScene, topicsScene, wordsScene } from './scenes';
import { pathOf } from './scene';

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  toasts.clear();
  vi.restoreAllMocks();
});

const plain: Look = { colour: (name) => `token-${name}`, read: 'Serif', ui: 'Sans' };

async function open(switches: Partial<Switches> = {}): Promise<FakeHost> {
  // Without a layout nothing has a width; the pictures are drawn for a page of 800 pixels.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  const host = withHost(switches);
  end = notebook.follow();
  await settle();
  await show(Growth);
  await settle();
  return host;
}

describe('The first page of Growth', () => {
  it('is the year both ways once somebody was met: the braid as picture and table, then and now, what one taught', async () => {
    await open({ pairings: 9 });
    expect(one('h1').textContent).toBe('A year, both ways');
    expect(one('svg', 'Learning and teaching, a year week by week').querySelectorAll('path.thread').length).toBeGreaterThan(1);
    expect(one('table').querySelectorAll('tbody tr').length).toBeGreaterThan(3);
    expect(says('testing with a screen reader')).toBe(true);
    await expectAccessible();
    await click('From afar');
    expect(one('h1').textContent).toBe(`${new Date().getFullYear()} from afar`);
  });

  it('saves the braid as lines, twisted where one taught', () => {
    const weeks = Array.from({ length: 52 }, (_, at) => ({ from: '2026-01-05', learn: at < 20 ? 60 : 5, teach: at < 20 ? 5 : 90 }));
    const saved = svgOf(braidScene(weeks, 960), 'A year', plain);
    expect(saved).toContain('url(#twist)');
    expect(saved).toContain('fill="token-thread-learn"');
    expect(saved).toContain('fill="token-thread-teach"');
  });
});

describe('Growth', () => {
  it('shows each picture with a title, a name and the same as a table', async () => {
    await open({ entries: 24 });
    const year = new Date().getFullYear();
    expect(one('h1').textContent).toBe(`${year} from afar`);
    for (const figure of all('figure')) {
      expect(figure.querySelector('h2')?.textContent).not.toBe('');
      expect(figure.querySelectorAll('table th[scope=col]').length).toBeGreaterThan(1);
      expect(figure.querySelectorAll('table tbody tr').length).toBeGreaterThan(0);
    }
    expect(all('figure').length).toBeGreaterThanOrEqual(2);
  });

  it('is accessible', async () => {
    await open({ entries: 4 });
    await expectAccessible();
  });

  it('shows the table in place of the drawing when it is wanted', async () => {
    await open({ entries: 24 });
    const figure = all('figure')[0] as HTMLElement;
    const button = [...figure.querySelectorAll('button')].find((one) => one.textContent?.includes('As a table')) as HTMLButtonElement;
    button.click();
    await settle();
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(figure.querySelector<HTMLElement>('.drawing')?.hidden).toBe(true);
    expect(figure.querySelector('.table')?.classList.contains('vh')).toBe(false);
  });

  it('saves a picture as SVG, with the ending it needs', async () => {
    const host = await open({ entries: 24 });
    host.picks.save = '/home/mara/days';
    await click('Save the picture', 'figure button');
    await click('Save as SVG', '[role=menuitem]');
    const [saved] = host.world.pictures;
    expect(saved?.path).toBe('/home/mara/days.svg');
    expect(saved?.content).toContain('<title>Days with entries in');
    expect(toasts.now?.text).toContain('The picture is saved.');
  });

  it('teaches the first step when a year is empty', async () => {
    await open({ entries: 24 });
    await click('The year after');
    expect(says('Nothing written in')).toBe(true);
    expect(all('figure')).toHaveLength(0);
    await expectAccessible();
  });
});

describe('the address of Growth', () => {
  it('comes back to it', () => {
    expect(placeFrom(hashOf({ room: 'growth' }))).toEqual({ room: 'growth' });
  });
});

describe('scenes', () => {
  it('draw a dot for each day, and a year in two halves when it is narrow', () => {
    const weeks = weeksOf('2026-01-01', '2026-12-31', [{ on: '2026-03-04', entries: 1, words: 300 }], 1);
    const dots = (width: number) => calendarScene(weeks, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], width).shapes.filter((shape) => shape.kind === 'dot');
    expect(dots(900)).toHaveLength(365);
    expect(dots(400)).toHaveLength(365);
    expect(dots(900).filter((dot) => dot.fill === 'heat-3')).toHaveLength(1);
    expect(Math.max(...dots(400).map((dot) => dot.x))).toBeLessThanOrEqual(400);
  });

  it('name every month of a year once, also where it begins at the end of a half', () => {
    for (const year of ['2024', '2025', '2026', '2027']) {
      const weeks = weeksOf(`${year}-01-01`, `${year}-12-31`, [], 1);
      for (const width of [400, 900]) {
        const labels = calendarScene(weeks, [], width).shapes.flatMap((shape) => (shape.kind === 'words' ? [shape.text] : []));
        expect(new Set(labels).size, `${year} at ${width}`).toBe(12);
        expect(labels).toHaveLength(12);
      }
    }
  });

  it('draw the area of a dot by how many entries it stands for', () => {
    const topics = { months: ['2026-01-01', '2026-02-01'], topics: [{ tag: 'work', entries: 5, by_month: [4, 1] }] };
    const [four, one] = topicsScene(topics, 800).shapes.filter((shape) => shape.kind === 'dot');
    expect((four?.r ?? 0) / (one?.r ?? 1)).toBeCloseTo(2, 1);
  });

  it('draw what fills a loop, and dot what is missing', () => {
    const loop = { title: 'Asking slowly', gain: 2, practise: 0, feedback: 1, reflect: 0, closed_on: null } as unknown as LoopRow;
    const arcs = ringsScene([loop], 600).shapes.filter((shape) => shape.kind === 'arc');
    expect(arcs.map((arc) => arc.dotted ?? false)).toEqual([false, true, false, true]);
    expect(arcs[0]?.from).toBeGreaterThan(0);
    expect(arcs[0]?.to).toBeLessThan(0.25);
  });

  it('keep every word inside the picture', () => {
    const words = Array.from({ length: 24 }, (_, at) => ({ word: `word${at}`, entries: 24 - at }));
    for (const width of [320, 600, 960]) {
      const { shapes, height } = wordsScene(words, width);
      expect(shapes.filter((shape) => shape.kind === 'words' && shape.font === 'read')).toHaveLength(24);
      for (const shape of shapes) {
        if (shape.kind === 'bar') expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.01);
        if (shape.kind === 'words') expect(shape.y).toBeLessThan(height);
      }
    }
  });
});

describe('a saved picture', () => {
  it('stands alone: its own colours, its title, and no way to carry markup', () => {
    const scene = { width: 10, height: 10, shapes: [{ kind: 'words', x: 0, y: 0, text: '<b>&"', size: 12, font: 'ui', fill: 'text' }] } as const;
    const svg = svgOf(scene, 'Tags <x>', plain);
    expect(svg.startsWith('<svg ')).toBe(true);
    expect(svg).toContain('<title>Tags &lt;x&gt;</title>');
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
    expect(svg).not.toContain('var(');
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')).toBeNull();
  });

  it('bends an arc clockwise from the top', () => {
    expect(pathOf({ kind: 'arc', x: 10, y: 10, r: 10, from: 0, to: 0.25, stroke: 'rule', width: 1 })).toBe('M10 0A10 10 0 0 1 20 10');
  });
});
