// Wörter der Menschen, und wer geholfen hat.

import { day, plural } from '../format';
import type { Words } from '../words';

const often = (number: number): string => (number === 1 ? 'einmal' : number === 2 ? 'zweimal' : plural(number, { one: 'Mal', other: 'Mal' }));

export const people: Words['people'] = {
  title: 'Menschen',
  list: 'Menschen',
  show: 'Die Menschen zeigen',
  onlyYou: 'Was hier steht, kannst nur du lesen',
  find: 'Jemanden finden',
  none: 'So heißt hier niemand.',
  failed: 'Dieser Mensch ließ sich nicht lesen',
  listFailed: 'Die Menschen ließen sich nicht lesen',
  emptyTitle: 'Noch ist niemand genannt',
  emptyText: 'Tipp beim Schreiben @ und einen Namen. Wen du nennst, bekommt hier eine Seite: die Einträge, die den Namen nennen, wobei dir dieser Mensch geholfen hat, und eine Zeile, was er weiß.',
  emptyAction: 'Jemanden aufschreiben',
  chooseTitle: 'Wähl jemanden',
  chooseText: 'Du siehst die Einträge, die diesen Menschen nennen, und wobei er dir geholfen hat.',
  also: (names) => `auch ${names}`,
  more: 'Mehr',
  open: (name) => `${name} öffnen`,

  commands: {
    open: 'Zu den Menschen',
    helped: 'Wer mir geholfen hat',
    note: 'Notieren, wer mir geholfen hat',
    make: 'Jemanden aufschreiben',
  },

  editor: {
    tagUse: { one: 'Eintrag', other: 'Einträge' },
    loop: 'Lernschleife',
  },

  form: {
    newTitle: 'Jemanden aufschreiben',
    title: 'Name und mehr',
    name: 'Name',
    otherNames: 'Andere Namen',
    otherNamesHint: 'Einer auf jeder Zeile: Kurzformen, Kürzel, ein früherer Name.',
    about: 'Zur Person',
    aboutHint: 'Was sie weiß, wo sie sitzt. Nur für deine Augen.',
    keep: 'Behalten',
    change: 'Name und mehr ändern',
  },

  page: {
    helped: 'Hat mir geholfen bei',
    helpedButton: 'Hat mir geholfen bei…',
    noted: (name, number, subject) => `Du hast ${name} ${often(number)} für ${subject} notiert`,
    noHelp: 'Noch nichts notiert.',
    entries: 'Einträge mit diesem Namen',
    noEntries: 'Noch kein Eintrag nennt diesen Namen. Tipp beim Schreiben @ und den Namen.',
    more: (number) => `Gezeigt werden die neuesten ${number}. Such den Namen mit @, um alle zu finden.`,
    same: 'Ist derselbe Mensch wie',
    part: 'Doch nicht derselbe',
    parted: (name) => `${name} steht wieder für sich.`,
    merge: 'Ist derselbe Mensch wie jemand anderes…',
    mergeTitle: (name) => `Wer ist ${name}?`,
    mergeText: 'Aus beiden wird ein Mensch mit dem Namen, den du wählst. Deine Einträge bleiben, wie sie sind, und du kannst es zurücknehmen.',
    mergeWith: 'Derselbe Mensch wie',
    mergeVerb: 'Es ist derselbe Mensch',
    merged: (name) => `Jetzt ist es ein Mensch: ${name}.`,
    nobodyElse: 'Wähl jemanden aus der Liste.',
    delete: 'Endgültig löschen',
    deleteTitle: (name) => `${name} endgültig löschen?`,
    deleteText: 'Die Seite und die Zeile zur Person gehen verloren. Deine Einträge behalten den Namen als Wörter.',
    deleteNotes: 'Auch die Notizen zur Hilfe löschen',
    deleted: 'Die Seite ist gelöscht. Deine Einträge behalten den Namen.',
  },

  entry: {
    label: 'Menschen',
    note: (name) => `${name} hat mir geholfen bei…`,
    helpedWith: (name, subject) => `${name} hat geholfen bei ${subject}`,
  },

  helped: {
    title: 'Wer mir geholfen hat',
    text: 'Eine Zeile für jedes Mal: wer, und wobei. Sie ist nur für dich, und niemand wird mit jemandem verglichen.',
    byPerson: 'Nach Menschen',
    bySubject: 'Nach Themen',
    how: 'In welcher Ordnung',
    emptyTitle: 'Noch niemand notiert',
    emptyText: 'Hilft dir jemand, notiere es in einer Zeile. Später weißt du, wen du fragen und wem du danken kannst.',
    failed: 'Die Notizen ließen sich nicht lesen',
    dialog: 'Wer hat dir geholfen?',
    who: 'Wer',
    whoHint: 'Ein neuer Name wird auch aufgeschrieben.',
    subject: 'Wobei',
    subjectHint: 'Ein, zwei Wörter, etwa Daten.',
    on: 'Am',
    keep: 'Notieren',
    save: 'Sichern',
    changeTitle: 'Notiz ändern',
    noted: (who, subject) => `Notiert: ${who} hat geholfen bei ${subject}.`,
    undo: 'Zurücknehmen',
    change: (subject) => `„${subject}“ ändern`,
    remove: (subject) => `„${subject}“ entfernen`,
    removed: 'Die Notiz ist entfernt.',
    gone: 'keine Seite mehr',
    on_day: (on) => day(on),
  },
};
