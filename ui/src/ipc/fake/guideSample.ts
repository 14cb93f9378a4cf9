// The guides that the fake host knows: enough kinds of fields to look at every one of them.

import type { FieldKind, FieldView } from '../generated/types';

type FakeField = Partial<FieldView> & { key: string; label: string; kind: FieldKind };

export interface FakeGuide {
  id: string;
  title: string;
  summary: string;
  short?: boolean;
  rules?: string[];
  subject?: string;
  gather?: boolean;
  phases: { id: string; name: string; ask: string; help?: string; note?: string; minutes: number; needsAll?: string; fields: FakeField[] }[];
  intention?: { from: string; due: string };
  /** Answers with which it is found half way. */
  sample?: Record<string, string>;
}

const whole = (id: string): FakeField[] => [{ key: id, label: '', kind: 'text' }];

export const GUIDES: FakeGuide[] = [
  {
    id: 'j1', title: 'Five-minute close', short: true, subject: 'moment',
    summary: 'One moment of the day, what you did in it, and what follows. For the end of any working day.',
    phases: [
      { id: 'film', name: 'One moment', ask: 'Which moment of today would you keep on film?', help: 'One scene, not the whole day. Good or bad.', minutes: 2, fields: [{ key: 'moment', label: 'The scene', kind: 'text', hint: 'Where you were, who was there, what was said.' }] },
      { id: 'mine', name: 'My part', ask: 'What did you do that made it so?', help: 'Something you did, or left undone. Small is fine.', minutes: 1, fields: whole('mine') },
      {
        id: 'next', name: 'Next time', ask: 'What will you do differently, or again?', help: 'Small enough to really happen.', minutes: 2,
        fields: [
          { key: 'again', label: 'I will', kind: 'line', hint: 'ask for the bad news first' },
          { key: 'day', label: 'The day to look back at it', kind: 'day', is_optional: true },
        ],
      },
    ],
    intention: { from: 'again', due: 'day' },
  },
  {
    id: 'j3', title: 'After-action review', subject: 'event', rules: ['Facts first, judgement later.', 'It is never only one cause.'],
    summary: 'What was meant to happen, what did, why they differ, and what you keep and change. Within two days, for a success as well as for a failure.',
    phases: [
      {
        id: 'what', name: 'Event', ask: 'What are you looking back at?', help: 'One event with a beginning and an end.', note: 'Do it within 48 hours, while the facts still have times on them.', minutes: 1,
        fields: [
          { key: 'event', label: 'The event', kind: 'line', hint: 'the release of the pricing page' },
          { key: 'when', label: 'When it was', kind: 'moment' },
          { key: 'went', label: 'All in all it was', kind: 'choice', options: [{ id: 'success', text: 'a success' }, { id: 'failure', text: 'a failure' }] },
        ],
      },
      {
        id: 'intended', name: 'Intended', ask: 'What was meant to happen?', help: 'As it was before, not as it looks now.', minutes: 3,
        fields: [{ key: 'result', label: 'The result we wanted', kind: 'text' }, { key: 'sign', label: 'How we would have known', kind: 'text', hint: 'the sign we would have seen, and where' }],
      },
      { id: 'actual', name: 'Actual', ask: 'What did happen?', help: 'Facts in order, with times if you have them. No judging yet.', minutes: 4, fields: whole('actual') },
      {
        id: 'why', name: 'Why', ask: 'Why was there a gap?', help: 'One line for each. It is never only one of the three.', minutes: 5,
        needsAll: 'There is always at least one of each: something about the conditions, something about your choices, something about our habits. Look once more.',
        fields: [
          { key: 'conditions', label: 'Conditions', kind: 'text', hint: 'What was so, whoever had stood there?' },
          { key: 'choices', label: 'My choices', kind: 'text', hint: 'What did I see, decide, or leave unsaid?' },
          { key: 'habits', label: 'Our habits', kind: 'text', hint: 'What do we always do, so that nobody noticed?' },
        ],
      },
      {
        id: 'then', name: 'Sustain and change', ask: 'What do you keep, and what do you change?', help: 'One of each, with somebody who does it and a day.', minutes: 4,
        fields: [{ key: 'sustain', label: 'Keep doing', kind: 'line' }, { key: 'change', label: 'Change', kind: 'line' }, { key: 'change_on', label: 'Done by', kind: 'day' }],
      },
    ],
    intention: { from: 'change', due: 'change_on' },
    sample: {
      event: 'Pricing page release',
      result: 'No failed checkouts in the first hour. We would see it on the flag board by ten past nine.',
      actual: '9:04 flag on for 5 %. 9:11 Spain goes quiet, nobody speaks. 9:26 Tom asks if quiet is good. 9:31 flag off. 214 carts lost.',
      conditions: 'The board shows errors, not absence. A quiet region looks like a healthy one.',
      choices: 'I saw the Spain line flatten at 9:11 and told myself it was early there.',
    },
  },
  {
    id: 'j12', title: 'Explain it', subject: 'topic', gather: true,
    summary: 'Explain something to a newcomer in ten lines, find the lines you could not defend, and turn them into questions.',
    phases: [
      { id: 'about', name: 'For whom', ask: 'What do you explain, and to whom?', minutes: 1, fields: [{ key: 'topic', label: 'What', kind: 'line', suggestions: ['the nightly run', 'how prices are rounded'] }] },
      { id: 'explain', name: 'Ten lines', ask: 'Explain it in ten lines.', help: 'One thought to a line. Then mark every line you could not defend.', minutes: 8, fields: [{ key: 'lines', label: 'The explanation', kind: 'lines', least: 1, most: 10, mark: 'shaky' }] },
      {
        id: 'grown', name: 'Then and now', ask: 'How well could you explain it?', minutes: 2,
        fields: [
          { key: 'then', label: 'Then', kind: 'rating', least: 1, most: 5, low: 'hardly', high: 'in my sleep' },
          { key: 'evidence', label: 'What shows it', kind: 'entry', hint: 'an entry in which it happened', is_optional: true },
          { key: 'told', label: 'I have told somebody', kind: 'tick', is_optional: true },
          { key: 'value', label: 'What it stands for', kind: 'choice', own: true, suggestions: ['we ship on Thursdays'], options: [{ id: 'craft', text: 'good work' }, { id: 'care', text: 'care for others' }, { id: 'courage', text: 'courage' }] },
        ],
      },
    ],
  },
];
