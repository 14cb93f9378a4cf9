// Find in the text: one line above it, with a count and two arrows.

import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  search,
  searchKeymap,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search';
import { EditorView, keymap, panels, runScopeHandlers, type Panel, type ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { contextOf } from './context';
import { crossIcon, downIcon, upIcon } from './drawn';

const MOST_COUNTED = 1000;

class FindPanel implements Panel {
  readonly dom: HTMLElement;
  readonly top = true;
  readonly #view: EditorView;
  readonly #field: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #case: HTMLButtonElement;

  constructor(view: EditorView) {
    this.#view = view;
    const { words } = contextOf(view.state);
    const query = getSearchQuery(view.state);
    this.dom = document.createElement('div');
    this.dom.className = 'vv-find';
    this.dom.setAttribute('role', 'search');

    this.#field = document.createElement('input');
    this.#field.type = 'text';
    this.#field.className = 'vv-find-field';
    this.#field.value = query.search;
    this.#field.placeholder = words.find;
    this.#field.spellcheck = false;
    this.#field.setAttribute('aria-label', words.find);
    this.#field.setAttribute('main-field', 'true');
    this.#field.addEventListener('input', () => this.#commit());

    this.#count = document.createElement('span');
    this.#count.className = 'vv-find-count';
    this.#count.setAttribute('role', 'status');

    this.#case = this.#button(words.findCase, 'Aa', () => {
      this.#case.setAttribute('aria-pressed', String(this.#case.getAttribute('aria-pressed') !== 'true'));
      this.#commit();
    });
    this.#case.setAttribute('aria-pressed', String(query.caseSensitive));
    this.dom.append(
      this.#field,
      this.#count,
      this.#case,
      this.#button(words.findPrevious, upIcon(), () => findPrevious(view)),
      this.#button(words.findNext, downIcon(), () => findNext(view)),
      this.#button(words.findClose, crossIcon(), () => {
        closeSearchPanel(view);
        view.focus();
      }),
    );
    this.dom.addEventListener('keydown', (event) => this.#key(event));
    this.#showCount();
  }

  mount(): void {
    this.#field.select();
  }

  update(update: ViewUpdate): void {
    const query = getSearchQuery(update.state);
    if (query !== getSearchQuery(update.startState) && query.search !== this.#field.value) this.#field.value = query.search;
    if (update.docChanged || update.selectionSet || query !== getSearchQuery(update.startState)) this.#showCount();
  }

  #button(name: string, content: Node | string, run: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'vv-find-button';
    button.title = name;
    button.setAttribute('aria-label', name);
    button.append(content);
    button.addEventListener('click', run);
    return button;
  }

  #commit(): void {
    const query = new SearchQuery({
      search: this.#field.value,
      caseSensitive: this.#case.getAttribute('aria-pressed') === 'true',
      literal: true,
    });
    this.#view.dispatch({ effects: setSearchQuery.of(query) });
    if (query.valid) this.#showFirst(query);
  }

  // The first match from the cursor on comes into sight while the field keeps the focus.
  #showFirst(query: SearchQuery): void {
    const { state } = this.#view;
    const from = state.selection.main.from;
    let next = query.getCursor(state, from).next();
    if (next.done) next = query.getCursor(state).next();
    if (next.done) return;
    this.#view.dispatch({ selection: { anchor: next.value.from, head: next.value.to }, scrollIntoView: true, userEvent: 'select.search' });
  }

  #key(event: KeyboardEvent): void {
    if (runScopeHandlers(this.#view, event, 'search-panel')) {
      event.preventDefault();
    } else if (event.key === 'Enter' && event.target === this.#field) {
      event.preventDefault();
      (event.shiftKey ? findPrevious : findNext)(this.#view);
    }
    event.stopPropagation();
  }

  #showCount(): void {
    const { state } = this.#view;
    const { words } = contextOf(state);
    const query = getSearchQuery(state);
    if (!query.valid) {
      this.#count.textContent = '';
      return;
    }
    let total = 0;
    let current = 0;
    const { from, to } = state.selection.main;
    const cursor = query.getCursor(state);
    for (let next = cursor.next(); !next.done && total < MOST_COUNTED; next = cursor.next()) {
      total += 1;
      if (next.value.from === from && next.value.to === to) current = total;
    }
    this.#count.textContent = total === 0 ? words.findNone : total === MOST_COUNTED ? words.findMany : words.findCount(current, total);
  }
}

/** Finds in the text, in a line that stands in `host`. */
export function finding(host: HTMLElement): Extension {
  return [
    panels({ topContainer: host }),
    search({ top: true, literal: true, createPanel: (view) => new FindPanel(view) }),
    keymap.of(searchKeymap.filter(({ key }) => key !== 'Mod-Alt-g' && key !== 'Alt-g')),
  ];
}
