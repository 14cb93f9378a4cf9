// The entries the fake host begins with: a few weeks of somebody's working life, and as many more as one asks for.

import type { MarkView } from '../generated/types';

/** An entry as the fake host is given it; `day` counts back from today. */
export interface Sample {
  day: number;
  time: string;
  title: string;
  text: string;
  tags: string[];
  starred?: boolean;
  captured?: boolean;
  imported?: boolean;
  photo?: string;
  voice?: { name: string; ms: number; marks: MarkView[] };
}

export const WRITTEN: Sample[] = [
  {
    day: 0, time: '18:42', title: 'The question Helen asked twice', tags: ['listening', 'review'], starred: true, photo: 'whiteboard.jpg',
    text: `On the train to Leeds, two hours after the review. I had come to show the flag board, and I thought her question was about cost. She waited and asked it again, slower: *what would you have to stop doing?* I had three numbers ready. None of them was an answer.

![The board after she had redrawn it](attachment:PHOTO)

## What I did that made it so

I answered the first time before she had finished. The second time I counted to four, and **the silence did the work**. Same thing as with [[Tom and the rollback]]: I solve the sound of the question.

> You explained how. I asked what for.

- [x] Write down her exact words
- [ ] Next review: say the question back before I answer
`,
  },
  { day: 0, time: '11:05', title: '', tags: [], captured: true, text: 'Priya said “we always do it like that”. Ask her *which* always.' },
  { day: 1, time: '21:10', title: 'August, third reading', tags: ['reading', 'money'], photo: 'margin.jpg', text: 'The margin did not fall. The mix changed: we sold more of what earns less, and I had been looking at one line for two months.\n\n| | July | August |\n|---|---|---|\n| Margin | 31 % | 29 % |\n| Share of small contracts | 40 % | 52 % |\n\nTom explained it with three yellow spots on a napkin.' },
  { day: 1, time: '08:20', title: 'Before the talk with Jonas', tags: ['difficult talks'], text: 'What I want from this hour: that he knows I saw the work, and that the date cannot move again.\n\n1. Say what I saw\n2. Ask what was in the way\n3. Be quiet' },
  { day: 3, time: '17:58', title: 'Five-minute close', tags: ['ritual'], text: 'A moment to keep: Tom said “I would not have said that in front of the whole table a year ago”. Neither would I.' },
  { day: 6, time: '16:30', title: 'After-action review: pricing page', tags: ['review', 'launch'], text: 'Intended: no failed checkouts. What happened: two hours without orders, and nobody noticed.\n\nThe board shows errors, not absence; I read silence as health. Next time the absence has its own line.' },
  { day: 7, time: '19:02', title: 'What a newcomer would have done', tags: ['critical incident'], text: 'Rolled back. I nearly did. The cue was that only one region was slow, and a newcomer has not yet been burnt by the regional cache.' },
  { day: 8, time: '12:15', title: 'Explain it: what a margin is', tags: ['teaching', 'money'], text: 'Ten lines for Tom, three yellow spots.' },
  { day: 9, time: '22:40', title: '', tags: [], captured: true, text: 'I say “just” when I am unsure. Four times in one mail.' },
  { day: 12, time: '09:10', title: 'Tom and the rollback', tags: ['listening', 'launch'], starred: true, text: 'He asked whether we should roll back. I heard “is the cache broken” and explained the cache. He was asking for permission.' },
  { day: 14, time: '18:00', title: 'Réunion à Genève', tags: ['travel', 'français'], text: 'La salle était froide et les gens chaleureux. J’ai compris la moitié, et la bonne moitié.\n\nŽižkov, Łódź, 東京, القاهرة: four offices, four meanings of “soon”. 🙂' },
  { day: 17, time: '20:25', title: 'שלום, first lesson', tags: ['languages'], text: 'היום למדתי לשאול שאלה אחת בעברית. Reading from the right feels like walking into a house by the garden.' },
  { day: 21, time: '07:55', title: 'What Amira taught me about estimates', tags: ['estimates', 'learning'], text: 'She gives two numbers and says what has to be true for each. I gave one number and a smile.' },
  { day: 24, time: '13:30', title: 'Walking home after the set', tags: ['music'], voice: { name: 'On the bridge', ms: 154_000, marks: [{ at_ms: 31_000, name: 'the silence' }, { at_ms: 118_000, name: '' }] }, text: 'A silence that nobody tried to fill. Why can I do that with a bass and not in a meeting?' },
  { day: 30, time: '18:10', title: 'A very long title that somebody wrote because the thing itself was long and they did not want to lose any part of it on the way home', tags: ['a tag that is rather long as well', 'review'], text: 'Short.' },
  { day: 38, time: '21:00', title: 'Feedback, in my own words', tags: ['feedback'], imported: true, text: 'Written down after the half-year talk, so that I do not polish it:\n\n- finishes other people’s sentences\n- finishes other people’s work, too, and does not say so\n- “people come to you when it burns”' },
  { day: 52, time: '10:00', title: 'First week with the data team', tags: ['new'], imported: true, text: 'Nobody laughed at my question about joins. Two people thanked me for it.' },
];

const OPENINGS = ['What I noticed on', 'Notes after', 'A small thing from', 'Half an hour with', 'Second thoughts about', 'What worked in'];
const MATTERS = ['the stand-up', 'the planning round', 'a customer call', 'the long mail', 'Priya’s demo', 'the budget meeting', 'pairing with Tom', 'the handover'];
const SENTENCES = [
  'I spoke first again, and saw it only afterwards.',
  'The figure was right and the question was not.',
  'Two people said the same thing and did not hear it.',
  'I wrote the sentence down because it was shorter than mine.',
  'It took ten minutes to find out that we agreed.',
  'Next time I bring the paper and not the slides.',
  'She asked what would have to be true. I did not know.',
  'We moved the date, and nobody asked why it had been there.',
];
const TAGS = ['review', 'listening', 'planning', 'customers', 'money', 'teaching'];

/** Makes the entry with the given number up, always the same one. */
export function madeUp(number: number): Sample {
  const pick = <T>(list: T[], step: number): T => list[Math.floor(number * step + number / 7) % list.length] as T;
  const text = Array.from({ length: 2 + (number % 6) }, (_, at) => SENTENCES[(number * 5 + at * 3) % SENTENCES.length]).join(' ');
  return {
    day: 55 + Math.floor(number * 0.7),
    time: `${String(7 + (number % 15)).padStart(2, '0')}:${String((number * 13) % 60).padStart(2, '0')}`,
    title: number % 9 === 4 ? '' : `${pick(OPENINGS, 3)} ${pick(MATTERS, 5)}`,
    text,
    tags: number % 3 === 0 ? [pick(TAGS, 1)] : [],
    captured: number % 9 === 4,
    starred: number % 31 === 0,
  };
}
