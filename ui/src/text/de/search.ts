// Wörter der Suche.

import type { Words } from '../words';

export const search: Words['search'] = {
  label: 'Suche und Befehle',
  placeholder: 'Such etwas, oder sag, was zu tun ist',
  found: (count, ms) => `${count} gefunden in allem, was du lesen kannst, ${ms} ms`,
  foundMany: (ms) => `Sehr vieles gefunden in allem, was du lesen kannst, ${ms} ms`,
  recent: 'Zuletzt geschrieben',
  searching: 'Wird gesucht…',
  nothing: 'Nichts gefunden in dem, was du geschrieben hast.',
  nothingMore: 'Jedes Wort muss vorkommen. Weniger Wörter, oder der Anfang eines Worts, finden mehr.',
  ignored: (parts) => `Übergangen, weil es nichts sagt: ${parts}`,
  notIndexed: (entries) => `${entries} noch aufgenommen; gleich lässt sich auch das finden.`,
  entries: { one: 'Eintrag wird', other: 'Einträge werden' },
  journal: 'Journal',
  others: 'Was sonst noch dein ist',
  kinds: { loop: 'Lernschleife', goal: 'Ziel', intention: 'Vorsatz', run: 'Begonnener Leitfaden', person: 'Mensch', helped: 'Wer mir geholfen hat' },
  kindOn: (kind, on) => `${kind}, ${on}`,
  commands: 'Befehle',
  newEntry: (words) => `Neuer Eintrag „${words}“`,
  newest: 'neueste zuerst',
  best: 'beste zuerst',
  choose: 'wählen',
  open: 'öffnen',
  orderKey: 'Tab',
  here: 'Nur auf diesem Computer gesucht',
  hints: [
    { typed: '"genaue Worte"', means: 'Wörter in dieser Folge' },
    { typed: 'tag:zuhören', means: 'nur mit diesem Schlagwort' },
    { typed: '@katrin', means: 'nur wo sie genannt ist' },
    { typed: 'from:2026-09', means: 'seit diesem Monat, Tag oder Jahr' },
    { typed: '-wort', means: 'ohne dieses Wort' },
  ],
  hintsTitle: 'Wie du fragst',
};
