// Where the person is: kept in the address of the page, so that a reload comes back to the same place.

/** The sections of Settings, in their order. */
export const SECTIONS = ['who', 'devices', 'recovery', 'sync', 'lock', 'backup', 'transfer', 'templates', 'appearance', 'desktop', 'reminders', 'spelling', 'updates', 'about'] as const;
export type Section = (typeof SECTIONS)[number];

/** Stands for an entry that is not made yet: the journal shows an empty page to write on. */
export const NEW = 'new';

/** The pages of the guides: the list, one to look at, one to change, one that runs, and one that two run (`pairing~meeting`). */
export type GuidePage = 'list' | 'about' | 'edit' | 'run' | 'meet';

/** Stands before the id of a goal where the loops room shows a goal. */
export const GOAL = 'goal:';

/** Stands in the place of a person where the room of people shows who helped. */
export const HELPED = 'helped';

/** The pages of a pairing: the pairing itself, what was agreed, and the evening before a meeting. */
export type PairingPage = 'page' | 'agreement' | 'prepare';

export type Place =
  | { room: 'today' }
  | { room: 'journal'; entry: string | null }
  /** A loop, or a goal when the id begins with `goal:`. */
  | { room: 'loops'; shown: string | null }
  /** Somebody, or the notes of who helped. */
  | { room: 'people'; shown: string | null }
  | { room: 'guides'; page: GuidePage; id: string | null }
  | { room: 'growth' }
  /** A pairing and one of its pages; `at` is the meeting that is prepared. None shows the desk. */
  | { room: 'pairings'; shown: string | null; page: PairingPage; at: string | null }
  /** A space that is shared; none shows the list. */
  | { room: 'spaces'; shown: string | null }
  | { room: 'settings'; section: Section };

const isSection = (text: string | undefined): text is Section => SECTIONS.some((section) => section === text);

/** Reads a place from the part of an address after `#`. */
export function placeFrom(hash: string): Place {
  const [room, rest, more, last] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  if (room === 'guides') return guidesFrom(rest, more);
  if (room === 'settings') return { room, section: isSection(rest) ? rest : 'who' };
  if (room === 'growth') return { room };
  if (room === 'pairings') return pairingsFrom(rest, more, last);
  if (room === 'journal') return { room, entry: rest || null };
  if (room === 'loops' || room === 'people' || room === 'spaces') return { room, shown: rest || null };
  return { room: 'today' };
}

function pairingsFrom(shown: string | undefined, page: string | undefined, at: string | undefined): Place {
  if (!shown) return { room: 'pairings', shown: null, page: 'page', at: null };
  if (page === 'agreement') return { room: 'pairings', shown, page, at: null };
  if (page === 'prepare' && at) return { room: 'pairings', shown, page, at };
  return { room: 'pairings', shown, page: 'page', at: null };
}

function guidesFrom(page: string | undefined, id: string | undefined): Place {
  const known = page === 'about' || page === 'edit' || page === 'run' || page === 'meet';
  return known && id ? { room: 'guides', page, id } : { room: 'guides', page: 'list', id: null };
}

/** Writes a place as the part of an address after `#`. */
export function hashOf(place: Place): string {
  if (place.room === 'settings') return `#/settings/${place.section}`;
  if (place.room === 'guides') return place.id === null ? '#/guides' : `#/guides/${place.page}/${encodeURIComponent(place.id)}`;
  if (place.room === 'growth') return '#/growth';
  if (place.room === 'pairings') return ['#/pairings', place.shown, place.page === 'page' ? null : place.page, place.at].filter((part) => part !== null).map((part, at) => (at === 0 ? part : encodeURIComponent(part))).join('/');
  if (place.room === 'today') return '#/today';
  if (place.room === 'loops' || place.room === 'people' || place.room === 'spaces') return place.shown ? `#/${place.room}/${encodeURIComponent(place.shown)}` : `#/${place.room}`;
  return place.entry ? `#/journal/${encodeURIComponent(place.entry)}` : '#/journal';
}

class Route {
  /** Where the person is now. */
  now = $state.raw<Place>(placeFrom(location.hash));
  /** How often the journal was asked for by somebody who was in it already: then whatever stands before its pages gives way. */
  again = $state(0);
  /** The entry that was open last, to come back to. */
  #entry: string | null = this.now.room === 'journal' ? this.now.entry : null;
  /** The loop or goal that was shown last. */
  #loop: string | null = this.now.room === 'loops' ? this.now.shown : null;

  constructor() {
    addEventListener('hashchange', () => this.#take(placeFrom(location.hash)));
  }

  /** Goes to a place. */
  go(place: Place): void {
    const isHere = hashOf(place) === hashOf(this.now);
    this.#take(place);
    // Where one is already, an address that says something else is that of a place one is on the way to.
    if (isHere && location.hash) return;
    if (location.hash !== hashOf(place)) location.hash = hashOf(place);
  }

  /** Opens an entry in the journal; none shows the journal without one. */
  openEntry(entry: string | null): void {
    this.go({ room: 'journal', entry });
  }

  /** Goes to the journal as it was left. */
  toJournal(): void {
    if (this.now.room === 'journal') this.again += 1;
    this.go({ room: 'journal', entry: this.#entry });
  }

  /** Goes to the page of today. */
  toToday(): void {
    this.go({ room: 'today' });
  }

  /** Shows a loop; none shows the loops as they were left. */
  toLoops(shown: string | null = this.#loop): void {
    this.go({ room: 'loops', shown });
  }

  /** Shows a goal in the room of the loops. */
  openGoal(id: string): void {
    this.go({ room: 'loops', shown: GOAL + id });
  }

  /** Shows somebody, or who helped; none shows the list of people. */
  toPeople(shown: string | null = null): void {
    this.go({ room: 'people', shown });
  }

  /** Shows a pairing, or one of its pages; none shows the desk. */
  toPairings(shown: string | null = null, page: PairingPage = 'page', at: string | null = null): void {
    this.go({ room: 'pairings', shown, page, at });
  }

  /** Shows a space; none shows the list of spaces. */
  toSpaces(shown: string | null = null): void {
    this.go({ room: 'spaces', shown });
  }

  /** Goes to the guides: the list, or a page of one. */
  toGuides(page: GuidePage = 'list', id: string | null = null): void {
    this.go({ room: 'guides', page, id });
  }

  /** Whether what is shown takes the whole window. */
  get whole(): boolean {
    return this.now.room === 'guides' && (this.now.page === 'run' || this.now.page === 'meet');
  }

  /** Opens Settings. */
  toSettings(section: Section = 'who'): void {
    this.go({ room: 'settings', section });
  }

  #take(place: Place): void {
    if (place.room === 'journal') this.#entry = place.entry;
    if (place.room === 'loops') this.#loop = place.shown;
    if (hashOf(place) !== hashOf(this.now)) this.now = place;
  }
}

/** Where the person is. */
export const route = new Route();
