// Wörter der Einstellungen für Vorlagen.

import type { Words } from '../words';

export const templates: Words['settings']['templates'] = {
  title: 'Seiten für den Anfang',
  lead: 'Eine Vorlage ist eine Seite, mit der Einträge beginnen. Eine leere Seite bietet dir deine an.',
  own: 'Deine',
  none: 'Noch keine. Nimm eine von denen unten, oder schreib deine eigene.',
  noTitle: 'Kein Titel',
  add: 'Neue Vorlage',
  change: 'Ändern',
  remove: 'Löschen',
  askTitle: (name) => `„${name}“ löschen?`,
  askText: 'Einträge, die damit begannen, bleiben, wie sie sind.',
  addTitle: 'Eine neue Vorlage',
  changeTitle: 'Die Vorlage ändern',
  name: 'Name',
  entryTitle: 'Titel des Eintrags',
  text: 'Text',
  places: 'Wird beim Beginnen gefüllt: {{date}} {{weekday}} {{time}} {{name}} {{cursor}} {{ask: eine Frage?}}',
  tags: 'Schlagwörter',
  tagsHint: 'Mit Kommas dazwischen.',
  keep: 'Behalten',
  keeping: 'Wird gesichert',
  suggestions: 'Für den Anfang',
  take: 'Nehmen',
  failed: 'Das ging nicht',
};
