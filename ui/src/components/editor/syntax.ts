// The grammar of an entry: Markdown with tasks, tables, strikethrough and bare addresses, and links between entries in
// double brackets. HTML is parsed only to be shown as plain text; nothing is ever rendered from it.

import { commonmarkLanguage, deleteMarkupBackward, insertNewlineContinueMarkupCommand, pasteURLAsLink } from '@codemirror/lang-markdown';
import { Language } from '@codemirror/language';
import { Prec, type Extension, type StateCommand } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { GFM, type MarkdownConfig, type MarkdownParser } from '@lezer/markdown';

const BRACKET_OPEN = 91;
const LONGEST_LINK = 600;

/** Parses `[[Title]]` and `[[Title|ID]]`. */
export const entryLinks: MarkdownConfig = {
  defineNodes: [{ name: 'EntryLink' }, { name: 'EntryLinkMark' }],
  parseInline: [
    {
      name: 'EntryLink',
      before: 'Link',
      parse(cx, next, pos) {
        if (next !== BRACKET_OPEN || cx.char(pos + 1) !== BRACKET_OPEN) return -1;
        const inner = cx.slice(pos + 2, Math.min(cx.end, pos + LONGEST_LINK));
        const close = inner.indexOf(']]');
        if (close < 1) return -1;
        const body = inner.slice(0, close);
        if (/[\n[\]]/.test(body) || body.split('|')[0]!.trim() === '') return -1;
        const end = pos + 2 + close;
        const bar = body.lastIndexOf('|');
        const titleEnd = bar < 0 ? end : pos + 2 + bar;
        return cx.addElement(
          cx.elt('EntryLink', pos, end + 2, [
            cx.elt('EntryLinkMark', pos, pos + 2),
            cx.elt('EntryLinkMark', titleEnd, end + 2),
          ]),
        );
      },
    },
  ],
};

/** Splits the source of an entry link into its title and its id. */
export function readEntryLink(source: string): { title: string; id: string | null } {
  const body = source.slice(2, -2);
  const bar = body.lastIndexOf('|');
  return bar < 0 ? { title: body, id: null } : { title: body.slice(0, bar), id: body.slice(bar + 1) || null };
}

/** Says which file an address names, if it names one. */
export function fileOfAddress(address: string): string | null {
  return address.startsWith('attachment:') ? address.slice('attachment:'.length) : null;
}

/** The grammar itself. */
export const entryParser = (commonmarkLanguage.parser as MarkdownParser).configure([GFM, entryLinks]);

// Made by hand: the package's own `markdown()` brings whole languages for HTML, CSS and scripts along, which no entry needs.
const entryLanguage = new Language(commonmarkLanguage.data, entryParser, [], 'markdown');

/** Enter on a line of a quote that holds nothing but its mark ends the quote. */
const leaveQuote: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  if (state.readOnly || !main.empty || !/^\s{0,3}(?:>\s?)+\r?$/.test(line.text)) return false;
  const to = line.text.endsWith('\r') ? line.to - 1 : line.to;
  dispatch(state.update({ changes: { from: line.from, to }, selection: { anchor: line.from }, userEvent: 'delete', scrollIntoView: true }));
  return true;
};

/** The language of an entry, with Enter and Backspace that continue and end lists and quotes. */
export function entrySyntax(): Extension {
  return [
    entryLanguage.extension,
    pasteURLAsLink,
    Prec.high(
      keymap.of([
        { key: 'Enter', run: leaveQuote },
        { key: 'Enter', run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
        { key: 'Backspace', run: deleteMarkupBackward },
      ]),
    ),
  ];
}
