// Wörter des Fensters für die Schnellnotiz.

import type { Words } from '../words';

export const capture: Words['capture'] = {
  title: 'Schnellnotiz',
  label: 'Was du behalten willst',
  placeholder: 'Was ist gerade passiert?',
  onlyYou: 'Nur du',
  keep: 'behalten',
  kept: (time) => `Gesichert, ${time}.`,
  sealed: 'Gesichert und versiegelt, bis du entsperrst.',
  undo: 'Zurücknehmen',
  undoFailed: 'Zurücknehmen ging nicht; die Zeile steht in deinem Journal.',
  keeping: 'Wird gesichert…',
  helped: {
    switch: 'wer mir geholfen hat',
    back: 'lieber eine Zeile',
    who: 'Wer hat geholfen?',
    subject: 'Wobei?',
    line: (who, subject) => `${who} hat mir geholfen bei ${subject}.`,
    kept: (time) => `Notiert, ${time}.`,
    several: 'Diesen Namen tragen mehrere. Öffne die App und sag, wer gemeint ist; deine Zeile steht noch hier.',
  },
  tooLong: 'Das ist länger als eine Zeile. Öffne die App und schreib es als Eintrag; hier steht es noch.',
  noNotebook: 'Es gibt noch kein Notizbuch. Öffne einmal die App, um eines zu beginnen; deine Zeile steht noch hier.',
  failed: 'Das ließ sich nicht sichern. Deine Zeile steht noch hier; versuch es noch einmal.',
};
