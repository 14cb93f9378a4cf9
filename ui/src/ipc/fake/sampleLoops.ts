// The loops, goals and intentions the fake host begins with.

import type { FillingView, LoopPart } from '../generated/types';
import type { FakeLearning } from './loops';
import { dayBefore, makeId, type World } from './world';

type Filled = [part: LoopPart, day: number, words: string, more?: { who?: string; source?: string; entry?: string }];

/** Fills a world with what is being learned in it. */
export function LOOPS(world: World, to: FakeLearning): void {
  const on = (back: number): string => dayBefore(world.now(), back);
  const entry = (title: string): string | undefined => [...world.entries.values()].find((one) => one.title === title)?.id;
  const loop = (title: string, begun: number, fillings: Filled[], more: { why?: string; closed?: number; then?: string; now?: string; surfaced?: number } = {}): string => {
    const id = makeId();
    const made = fillings.map(([part, day, words, facts = {}]): FillingView => ({
      id: makeId(), part, on: on(day), entry: (facts.entry ? entry(facts.entry) : undefined) ?? null, words, is_there: true, who: facts.who ?? '', source: facts.source ?? '',
    }));
    const closed = more.closed === undefined ? null : on(more.closed);
    to.loops.set(id, {
      id, title, why: more.why ?? '', begun_on: on(begun), closed_on: closed, parked_until: null, surfaced_on: on(more.surfaced ?? 1), trashed: false, fillings: made,
      closings: closed ? [{ at: `${closed}T18:00:00Z`, on: closed, then: more.then ?? '', now: more.now ?? '' }] : [],
    });
    return id;
  };

  const reading = loop('Reading a P&L', 76, [
    ['gain', 76, 'Jon’s walk through July, line by line', { who: 'Jon' }],
    ['gain', 60, 'Margin is what is left for deciding', { source: '“Financial Intelligence”, ch. 6' }],
    ['practise', 41, 'Read August aloud to Jon, got stuck at accruals'],
    ['practise', 13, 'Rebuilt August from the invoices'],
    ['practise', 1, '', { entry: 'August, third reading' }],
    ['feedback', 13, 'You can read it now. You do not yet ask it anything.', { who: 'Jon' }],
  ], { why: 'So that I can say what a feature costs before somebody from finance says it for me.' });
  loop('Asking before advising', 20, [['gain', 20, '', { entry: 'The question Helen asked twice' }], ['practise', 6, 'Counted to four in the stand-up']]);
  loop('Estimating in ranges', 47, [['gain', 47, 'Two numbers, and what has to be true for each', { source: 'Amira' }]], { surfaced: 0 });
  loop('Running a quiet stand-up', 9, [['practise', 5, 'Nobody filled the silence, and Priya spoke']]);
  loop('Writing a decision note', 3, [['gain', 3, 'One page, and the date on which we look again', { source: 'Talk by Selin' }]]);
  loop('Saying no with a date', 120, [
    ['gain', 120, 'No is a date'], ['practise', 90, 'To the pricing page'], ['feedback', 80, 'I could plan with that.', { who: 'Priya' }], ['reflect', 48, 'I name the day before I name the reason.'],
  ], { closed: 48, then: 'I said yes and was late.', now: 'I name the day before I name the reason.' });

  const goal = makeId();
  to.goals.set(goal, {
    id: goal, begun_on: on(18), end: null, trashed: false, evidence: 1, review_due: false,
    plan: {
      wish: 'Speak first in one review a week', best_result: 'I have said it before the slide changes.', obstacle: 'I polish the sentence until somebody else says it.',
      if_then: 'If I polish, then I say the half of it.', fallback: 'One half sentence a week.', first_step: 'Write one half sentence before the review.', why: 'I want my name on what I think.',
      review_on: on(-10), objective: 'communication', behaviours: ['I begin with what I want from the listener.', 'I ask one question before I give an answer.'], loop_id: null,
    },
    points: [
      { id: makeId(), kind: 'progress', on: on(12), words: 'Said it with three numbers missing, and nobody minded.', entry: entry('Tom and the rollback') ?? null, entry_title: 'Tom and the rollback', is_there: true, behaviour: 'I ask one question before I give an answer.' },
      { id: makeId(), kind: 'skip', on: on(5), words: 'the release took all of it', entry: null, entry_title: '', is_there: true, behaviour: '' },
    ],
  });

  const source = entry('The question Helen asked twice');
  const due = makeId();
  to.intentions.set(due, {
    id: due, text: 'If a question comes twice, then I say it back before I answer.', due_on: on(0), made_on: on(5), entry: source ?? null, is_there: source !== undefined,
    from_words: 'I answered the first time before she had finished.', loop_id: null, answered: null, moved: 0, trashed: false,
  });
  const later = makeId();
  to.intentions.set(later, { id: later, text: 'Take the September sheet to Jon and ask it one question.', due_on: on(-3), made_on: on(1), entry: null, is_there: true, from_words: '', loop_id: reading, answered: null, moved: 0, trashed: false });
}
