// Wörter der Sprachnotizen: aufnehmen und anhören.

import { plural } from '../format';
import type { Words } from '../words';

export const voice: Words['voice'] = {
  name: (when) => `Sprachnotiz ${when}`,

  recorder: {
    label: 'Sprachnotiz, die gerade aufgenommen wird',
    record: 'Sprachnotiz aufnehmen',
    stop: 'Beenden und behalten',
    pause: 'Innehalten',
    resume: 'Weiter aufnehmen',
    mark: 'Diese Stelle merken',
    discard: 'Aufnahme verwerfen',
    recording: 'Aufnahme läuft',
    paused: 'Hält inne',
    elapsed: (time) => `${time} aufgenommen`,
    level: 'Wie laut es ist',
    marks: (count) => plural(count, { one: 'Marke', other: 'Marken' }),
    openEntry: 'Ihren Eintrag zeigen',
  },

  told: {
    began: 'Die Aufnahme läuft. Was du sagst, wird versiegelt gesichert, während du es sagst.',
    paused: 'Die Aufnahme hält inne. Solange wird nichts gehört.',
    resumed: 'Die Aufnahme läuft weiter.',
    marked: (time) => `Gemerkt bei ${time}.`,
    kept: (length) => `Die Sprachnotiz ist gesichert, ${length}.`,
    nothingHeard: 'Es war nichts zu hören, darum wurde nichts behalten.',
    discarded: 'Die Aufnahme wurde verworfen. Nichts davon ist übrig.',
    recovered: (length) => `Eine Sprachnotiz, die abgebrochen war, ist wieder in ihrem Eintrag, ${length}.`,
    open: 'Öffnen',
  },

  discard: {
    title: 'Diese Aufnahme verwerfen?',
    text: (length) => `${length} Ton gehen endgültig verloren. Sonst ändert sich nichts.`,
    verb: 'Verwerfen',
    no: 'Behalten',
  },

  player: {
    section: 'Ton',
    label: (name) => `Wiedergabe: ${name}`,
    play: 'Abspielen',
    pause: 'Anhalten',
    position: 'Stelle',
    of: (length) => `von ${length}`,
    positionOf: (at, length) => `${at} von ${length}`,
    back: 'Fünf Sekunden zurück',
    forward: 'Fünf Sekunden weiter',
    speed: 'Tempo',
    speedOf: (factor) => `${factor}-fach`,
    save: (name) => `Kopie von ${name} sichern`,
    opening: 'Der Ton wird geöffnet',
    failed: 'Dieser Ton ließ sich hier nicht abspielen. Er ist ganz erhalten; sichere eine Kopie, um ihn anderswo zu hören.',
    cutShort: 'Die Aufnahme brach unerwartet ab. Alles, was bis dahin zu hören war, ist da.',
    keys: 'Die Leertaste spielt ab und hält an, die Pfeiltasten gehen weiter, M merkt diese Stelle.',
  },

  marks: {
    label: 'Marken',
    add: 'Diese Stelle merken',
    jump: (time) => `Ab ${time} abspielen`,
    name: (time) => `Name der Marke bei ${time}`,
    unnamed: 'Benennen',
    remove: (time) => `Marke bei ${time} entfernen`,
    removed: 'Die Marke ist entfernt.',
    putBack: 'Zurücknehmen',
  },
};
