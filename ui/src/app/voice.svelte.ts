// The recording that runs, for every room: what it is doing, and what a person can do with it.
//
// The host records and holds the truth; this follows it. A recording goes on whatever room is shown.

import { asApiError, host, type AttachmentView, type CommandName, type VoiceState } from '@/ipc';
import { format, t } from '@/text';
import { textOf } from '@/text/errors';
import Bookmark from '@lucide/svelte/icons/bookmark-plus';
import Mic from '@lucide/svelte/icons/mic';
import Pause from '@lucide/svelte/icons/pause';
import { asking } from './asking.svelte';
import { commands } from './commands.svelte';
import { notebook } from './notebook.svelte';
import { route } from './route.svelte';
import { toasts } from './toasts.svelte';

export const VOICE_KEYS = { record: 'Mod+Shift+R', mark: 'Mod+Shift+M', pause: 'Mod+Shift+P' };

/** How many levels the moving picture shows. */
const LEVELS = 48;
const IDLE: VoiceState = { phase: 'idle', entry: null, ms: 0, level: 0, marks: [], ended: null };

type Act = Extract<CommandName, 'voice_mark' | 'voice_pause' | 'voice_resume' | 'voice_stop' | 'voice_discard'>;

class Recording {
  state = $state.raw<VoiceState>(IDLE);
  /** How loud it was of late, the newest last. */
  levels = $state.raw<readonly number[]>([]);
  /** Whether an act is under way, so that a second press does not ask for it again. */
  busy = $state(false);
  /** Makes sure that there is an entry to record into; given by the page that is in front. */
  #entry: (() => Promise<string>) | undefined;

  readonly active = $derived(this.state.phase !== 'idle');

  /** Follows the host until the returned function is called. */
  follow(): () => void {
    const end = host().on('voice', (state) => this.#take(state));
    void this.#begin();
    return () => {
      end();
      this.state = IDLE;
      this.levels = [];
    };
  }

  /** Records into the entry of this page until the returned function is called; without one a new entry is made. */
  into(entry: () => Promise<string>): () => void {
    this.#entry = entry;
    return () => {
      if (this.#entry === entry) this.#entry = undefined;
    };
  }

  async #begin(): Promise<void> {
    try {
      this.#take(await host().call('voice_state'));
      for (const { entry, attachment } of await host().call('voice_recovered')) {
        toasts.show(t.voice.told.recovered(lengthOf(attachment)), { label: t.voice.told.open, run: () => route.openEntry(entry) });
      }
    } catch {
      // Locked meanwhile: nothing runs, and what a crash left is told of at the next opening.
    }
  }

  #take(state: VoiceState): void {
    const wasActive = this.active;
    this.state = state;
    if (state.phase === 'recording') this.levels = [...this.levels, state.level].slice(-LEVELS);
    if (state.phase === 'idle') {
      this.levels = [];
      if (wasActive && state.ended?.trouble) toasts.show(textOf(state.ended.trouble).text);
    }
  }

  async start(): Promise<void> {
    if (this.busy || this.active) return;
    await this.#act(async () => {
      const making = this.#entry;
      const entry = making ? await making() : null;
      const name = t.voice.name(format.nameTime(new Date()));
      this.#take(await host().call('voice_start', { entry, name }));
      if (!making && this.state.entry) route.openEntry(this.state.entry);
      this.#tell(t.voice.told.began);
    });
  }

  async stop(): Promise<void> {
    await this.#order('voice_stop', () => {
      const { ended } = this.state;
      if (ended?.trouble) return;
      toasts.show(ended?.attachment ? t.voice.told.kept(lengthOf(ended.attachment)) : t.voice.told.nothingHeard);
    });
  }

  mark(): Promise<void> {
    return this.#order('voice_mark', () => this.#tell(t.voice.told.marked(format.clock(this.state.marks.at(-1) ?? 0))));
  }

  pause(): Promise<void> {
    return this.#order('voice_pause', () => this.#tell(t.voice.told.paused));
  }

  resume(): Promise<void> {
    return this.#order('voice_resume', () => this.#tell(t.voice.told.resumed));
  }

  /** Discards it when the person says so twice. It goes on while the question stands. */
  async discard(): Promise<void> {
    const { title, text, verb, no } = t.voice.discard;
    const yes = await asking.ask({ title, text: text(format.clock(this.state.ms)), verb, no, danger: true });
    if (yes) await this.#order('voice_discard', () => toasts.show(t.voice.told.discarded));
  }

  /** What was last said to whoever cannot see it. */
  said = $state('');
  #tell(words: string): void {
    this.said = words;
  }

  #order(name: Act, done: () => void): Promise<void> {
    return this.#act(async () => {
      if (!this.active) return;
      this.#take(await host().call(name));
      done();
    });
  }

  async #act(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
    } catch (failure) {
      toasts.show(textOf(asApiError(failure)).text);
    } finally {
      this.busy = false;
    }
  }
}

const lengthOf = (file: AttachmentView): string => format.clock(file.voice?.duration_ms ?? 0);

/** The recording. */
export const recording = new Recording();

/** Offers what can be done with a recording by key and from the palette. */
export function offerVoice(): () => void {
  const words = t.voice.recorder;
  return commands.offer([
    { id: 'voice_record', label: words.record, keys: VOICE_KEYS.record, icon: Mic, can: () => !recording.active && !notebook.readOnly, run: () => void recording.start() },
    { id: 'voice_stop', label: words.stop, keys: VOICE_KEYS.record, icon: Mic, can: () => recording.active, run: () => void recording.stop() },
    { id: 'voice_mark', label: words.mark, keys: VOICE_KEYS.mark, icon: Bookmark, can: () => recording.active, run: () => void recording.mark() },
    { id: 'voice_pause', label: words.pause, keys: VOICE_KEYS.pause, icon: Pause, can: () => recording.state.phase === 'recording', run: () => void recording.pause() },
    { id: 'voice_resume', label: words.resume, keys: VOICE_KEYS.pause, icon: Mic, can: () => recording.state.phase === 'paused', run: () => void recording.resume() },
    { id: 'voice_discard', label: words.discard, can: () => recording.active, run: () => void recording.discard() },
  ]);
}
