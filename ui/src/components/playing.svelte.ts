// One sound that is played: fetched when it is first wanted, held as small as it lies in the notebook, let go with its player.

/** How far the arrow keys move, in seconds. */
export const STEP = 5;
export const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

// Two voices at once are none: beginning one pauses the other.
let heard: Playing | undefined;

export class Playing {
  playing = $state(false);
  opening = $state(false);
  failed = $state(false);
  /** Seconds from the beginning. */
  at = $state(0);
  /** Its length in seconds; 0 while it is not known. */
  length = $state(0);
  speed = $state(1);
  readonly #load: () => Promise<ArrayBuffer>;
  readonly #mime: string;
  #audio: HTMLAudioElement | undefined;
  #url: string | undefined;
  #frame: number | undefined;
  #gone = false;

  constructor(load: () => Promise<ArrayBuffer>, mime: string, length: number) {
    this.#load = load;
    this.#mime = mime;
    this.length = length;
  }

  async toggle(): Promise<void> {
    if (this.playing) this.pause();
    else await this.play();
  }

  async play(): Promise<void> {
    const audio = await this.#open();
    if (!audio) return;
    if (this.length > 0 && this.at >= this.length - 0.05) this.seek(0);
    heard?.pause();
    heard = this;
    audio.playbackRate = this.speed;
    // A place that was chosen before the sound was there; an engine that has not read its beginning is told when it has.
    if (audio.readyState > 0 && Math.abs(audio.currentTime - this.at) > 0.05) audio.currentTime = this.at;
    try {
      await audio.play();
    } catch {
      // A pause that came before the beginning is no failure; a sound that cannot be read says so by its own event.
    }
  }

  pause(): void {
    this.#audio?.pause();
  }

  /** Goes to a place, also before the sound was fetched. */
  seek(to: number): void {
    this.at = Math.min(Math.max(0, to), this.length || to);
    if (this.#audio && this.#audio.readyState > 0) this.#audio.currentTime = this.at;
  }

  setSpeed(to: number): void {
    this.speed = to;
    if (this.#audio) this.#audio.playbackRate = to;
  }

  /** Lets go of the sound. */
  end(): void {
    this.#gone = true;
    if (heard === this) heard = undefined;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#audio = undefined;
    if (this.#url) URL.revokeObjectURL(this.#url);
  }

  async #open(): Promise<HTMLAudioElement | undefined> {
    if (this.#audio) return this.#audio;
    if (this.opening) return undefined;
    this.opening = true;
    this.failed = false;
    try {
      const bytes = await this.#load();
      if (this.#gone) return undefined;
      this.#url = URL.createObjectURL(new Blob([bytes], { type: this.#mime }));
      this.#audio = this.#make(this.#url);
      return this.#audio;
    } catch {
      this.failed = true;
      return undefined;
    } finally {
      this.opening = false;
    }
  }

  #make(url: string): HTMLAudioElement {
    const audio = new Audio();
    audio.preload = 'auto';
    audio.preservesPitch = true;
    audio.addEventListener('loadedmetadata', () => {
      // What the notebook knows is exact; an engine may guess while it has not read to the end.
      if (this.length === 0 && Number.isFinite(audio.duration)) this.length = audio.duration;
      if (this.at > 0) audio.currentTime = this.at;
    });
    audio.addEventListener('durationchange', () => {
      if (this.length === 0 && Number.isFinite(audio.duration)) this.length = audio.duration;
    });
    audio.addEventListener('play', () => {
      this.playing = true;
      this.#follow();
    });
    audio.addEventListener('pause', () => (this.playing = false));
    audio.addEventListener('timeupdate', () => this.#look());
    audio.addEventListener('ended', () => {
      this.playing = false;
      this.at = this.length;
    });
    audio.addEventListener('error', () => {
      if (this.#gone) return;
      this.failed = true;
      this.playing = false;
    });
    audio.src = url;
    return audio;
  }

  #look(): void {
    if (this.#audio && this.#audio.readyState > 0 && !this.#audio.seeking) this.at = this.length > 0 ? Math.min(this.#audio.currentTime, this.length) : this.#audio.currentTime;
  }

  // Events come four times a second, too seldom for a line that moves.
  #follow(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    const next = (): void => {
      this.#look();
      this.#frame = this.playing && !this.#gone ? requestAnimationFrame(next) : undefined;
    };
    next();
  }
}
