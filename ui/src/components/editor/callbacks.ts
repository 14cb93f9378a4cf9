// What the editor asks of whoever shows it. The editor knows Markdown, files by id and links by name; it knows nothing of
// entries, notebooks or the network. Start in `mount.ts`.

/** Describes a file that the text refers to by `attachment:ID`. */
export interface EditorFile {
  id: string;
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** Names something that `[[` can link to. */
export interface LinkChoice {
  id: string;
  title: string;
  /** What tells two of the same title apart, such as a date. */
  detail: string;
}

/** Somebody who can be named after `@`. */
export interface PersonChoice {
  id: string;
  name: string;
  /** What tells two of the same name apart. */
  detail: string;
}

/** Answers what the editor asks about names, and opens what they name. */
export interface EditorNaming {
  /** Gives the name of today; undefined for somebody nobody knows. */
  person(id: string): string | undefined;
  /** Finds people one of whose names begins like this; everybody for nothing. */
  findPeople(beginning: string): Promise<PersonChoice[]>;
  /** Writes somebody new down; undefined when it did not work, which was said. */
  meetPerson(name: string): Promise<{ id: string; name: string } | undefined>;
  openPerson(id: string): void;
  findTags(beginning: string): Promise<{ tag: string; detail: string }[]>;
  /** Somebody was named in the text. */
  mentioned(): void;
  /** A tag was chosen in the text. */
  tagged(tag: string): void;
  findLoops(beginning: string): Promise<LinkChoice[]>;
  openLoop(id: string): void;
}

/** Answers what the editor cannot know and carries out what it cannot do. */
export interface EditorCallbacks {
  /** The person changed the text. */
  onChange(): void;
  /** The editor lost the focus. */
  onBlur(): void;
  /** Finds the file with this id; undefined when it is not there. */
  file(id: string): EditorFile | undefined;
  /** Gives the addresses under which a picture can be shown: a small one that comes at once, and the whole one. */
  picture(id: string): { small: string; whole: string };
  /** Shows a file or picture large. */
  openFile(id: string): void;
  /** Opens an address outside the app. */
  openAddress(address: string): void;
  /** Opens what a `[[` link names. */
  openLink(title: string, id: string | null): void;
  /** Finds what a `[[` link could mean. */
  findLinks(beginning: string): Promise<LinkChoice[]>;
  /** Answers what is asked about names; without it none are offered. */
  naming?: EditorNaming;
  /** Takes files in and gives the Markdown that shows them; empty when nothing was taken in. */
  takeFiles(files: File[]): Promise<string>;
  /** Asks whether a text too large for an entry is to be kept as a file; gives the file, or nothing. */
  largePaste(text: string): Promise<File | null>;
}

/** Holds every word the editor shows. */
export interface EditorWords {
  label: string;
  placeholder: string;
  task: string;
  openHint: string;
  openFile(name: string): string;
  fileMissing: string;
  pictureFailed: string;
  find: string;
  findNext: string;
  findPrevious: string;
  findClose: string;
  findCase: string;
  findCount(current: number, total: number): string;
  findNone: string;
  findMany: string;
  fileSize(bytes: number): string;
  /** Names the list of what is offered while one writes. */
  completions: string;
  newPerson(name: string): string;
}

/** Is what can be chosen from outside while the editor lives. */
export interface EditorChoices {
  spellCheck: boolean;
  /** The language of the text for the spelling check; empty means the system's. */
  language: string;
  /** Size of the text in pixels. */
  textSize: number;
  readOnly: boolean;
}
