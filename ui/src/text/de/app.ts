// Wörter des Rahmens: Leiste, Befehle, Liste der Tasten, kurze Meldungen.

import type { Words } from '../words';

export const app: Words['app'] = {
  name: 'Vice Versa',
  rooms: 'Räume',
  today: 'Heute',
  journal: 'Journal',
  guides: 'Leitfäden',
  growth: 'Entwicklung',
  loops: 'Lernschleifen',
  search: 'Suche',
  newEntry: 'Neuer Eintrag',
  settings: 'Einstellungen',
  onlyHere: 'Nur auf diesem Computer',
  noKit: 'Noch kein Wiederherstellungs-Set',
  readOnlyState: 'Nur lesen, nichts ändern',
  onlyYou: 'Nur du kannst das lesen',

  commands: {
    newEntry: 'Neuer Eintrag',
    search: 'Suche und Befehle',
    today: 'Zu Heute gehen',
    journal: 'Zum Journal gehen',
    growth: 'Zur Entwicklung gehen',
    loops: 'Zu den Lernschleifen gehen',
    loop: (title) => `Lernschleife: ${title}`,
    newLoop: 'Neue Lernschleife',
    newGoal: 'Neues Ziel',
    settings: 'Einstellungen',
    lock: 'Sperren',
    shortcuts: 'Tastenkürzel',
    about: 'Über Vice Versa',
    import: 'Ein Journal hereinholen',
    export: 'Das Journal mitnehmen',
    backup: 'Eine Sicherung machen',
    recovery: 'Wiederherstellungs-Set',
    theme: { light: 'Helle Farben', dark: 'Dunkle Farben', system: 'Farben wie das System' },
  },

  keys: { Mod: 'Strg', Shift: 'Umschalt', Alt: 'Alt', Delete: 'Entf' },

  shortcuts: {
    title: 'Tastenkürzel',
    everywhere: 'Überall',
    here: 'Im Journal',
    lists: 'In Listen',
    moves: [
      { keys: '↑ ↓', does: 'Bewegen' },
      { keys: '↵', does: 'Öffnen' },
      { keys: 'Esc', does: 'Dialog, Menü oder Fokus verlassen' },
      { keys: 'Tab', does: 'Zum nächsten Teil' },
    ],
    capture: 'Schnellnotiz, von überall',
    close: 'Schließen',
  },

  seeBackups: 'Sicherungen ansehen',
  close: 'Schließen',
  done: 'Fertig',
  notNow: 'Jetzt nicht',
  tryAgain: 'Noch einmal versuchen',
  needsPassphrase: 'Zum Sperren braucht es eine Passphrase. Du legst sie unter Einstellungen, Sperre fest.',
  setPassphrase: 'Festlegen',
  captureKept: 'Die notierte Zeile steht in deinem Journal.',
  readOnly: {
    title: 'In diesen Ordner darf nicht geschrieben werden, deshalb lässt sich nichts ändern.',
    text: 'Lesen, suchen und mitnehmen kannst du alles darin.',
  },
  loadFailed: 'Dieser Teil der App wurde nicht geladen.',
};
