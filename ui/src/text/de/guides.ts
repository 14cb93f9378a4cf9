// Wörter der Leitfäden: die Liste, einer zum Ansehen, ein Durchgang, sein Ende, eigene Leitfäden.

import { plural } from '../format';
import type { Words } from '../words';

const minutes = (number: number): string => plural(number, { one: 'Minute', other: 'Minuten' });

export const guides: Words['guides'] = {
  title: 'Leitfäden',
  lead: 'Ein Leitfaden fragt eins nach dem anderen und bewahrt, was du sagst. Geh, wann du willst; er wartet, wo du warst.',
  minutes,
  about: (number) => (number <= 1 ? 'Noch etwa eine Minute' : `Noch etwa ${minutes(number)}`),
  short: 'Kurz',
  kinds: { reflection: 'Reflexionen', agreement: 'Vereinbarungen', meeting: 'Treffen', programme: 'Programme', checklist: 'Checklisten', own: 'Eigene' },
  unreadable: 'Für eine neuere Version geschrieben. Er bleibt, wie er ist.',
  notAlone: 'Für mehr als eine Person',

  goOn: 'Weitermachen',
  waiting: 'Wartet auf dich',
  leftAt: (step) => (step === null ? 'am Ende, nur noch zu behalten' : `bei „${step}“`),
  since: (day) => `liegt seit ${day}`,
  putAway: 'Weglegen',
  putAwayDone: 'Weggelegt. Nichts wurde gelöscht.',
  undo: 'Zurücknehmen',
  away: 'Weggelegt',
  takeUp: 'Wieder aufnehmen',
  takeBack: 'Zurückholen',
  forGood: 'Endgültig löschen',
  askForGood: {
    run: { title: 'Diesen Durchgang endgültig löschen?', text: 'Was darin geschrieben wurde, ist dann weg, hier und im Protokoll. Frühere Sicherungen können es noch enthalten.' },
    guide: { title: 'Diesen Leitfaden endgültig löschen?', text: 'Die Datei ist dann weg. Durchgänge gehen weiter: Jeder hat seine eigene Kopie.' },
  },

  begin: 'Beginnen',
  beginShort: (number) => `Kurzform, ${minutes(number)}`,
  look: 'Was er fragt',
  steps: 'Was er fragt',
  rules: 'Regeln',
  makes: {
    title: 'Was daraus wird',
    entry: 'ein Eintrag in deinem Journal',
    intention: 'ein Vorsatz mit seinem Tag',
    goal: 'ein Ziel mit seinem Plan',
    loop: 'eine Lernschleife mit ihren Teilen',
  },
  times: (times) => `${times}-mal`,
  all: 'Alle Leitfäden',

  own: {
    import: 'Einen hereinholen',
    importTitle: 'Die Datei eines Leitfadens wählen',
    write: 'Einen schreiben',
    copy: 'Zu meinem machen',
    copyTitle: (title) => `${title}, meiner`,
    copied: 'Deine eigene Kopie. Ändere sie, wie du magst.',
    edit: 'Ändern',
    export: 'Als Datei speichern',
    exported: 'Gespeichert. Gib ihn weiter, wenn du magst.',
    trash: 'Weglegen',
    trashed: 'Weggelegt. Durchgänge davon gehen weiter.',
    imported: (title) => `„${title}“ ist jetzt unter deinen Leitfäden.`,
    already: (title) => `„${title}“ ist schon da.`,
    builtIn: (title) => `„${title}“ gehört zur App.`,
    file: 'Der Leitfaden als Datei',
    empty: 'Ein Leitfaden ist eine Textdatei: Fragen in ihrer Reihenfolge, Minuten, und was daraus wird. Kopier einen und ändere ihn, schreib einen, oder hol einen herein, den dir jemand gegeben hat.',
    editLead: 'So wird der Leitfaden aufbewahrt: als Textdatei, die auch andere benutzen können. Was hinter einem # steht, ist eine Bemerkung.',
    save: 'Speichern',
    saving: 'Wird gespeichert',
    saved: 'Gespeichert',
    cancel: 'Lassen, wie er war',
    more: 'Mehr zu diesem Leitfaden',
    filters: 'Leitfäden',
    fresh: `format = 1
id = "mein-leitfaden"
version = 1
language = "de"
kind = "reflection"
title = "Mein Leitfaden"
summary = "Wozu er da ist, in einem Satz."

[[phases]]
id = "erstens"
name = "Zuerst"
ask = "Was ist geschehen?"
help = "Ein Satz unter der Frage."
minutes = 3
capture = { kind = "text" }

[[phases]]
id = "weiter"
name = "Dann"
ask = "Was folgt daraus?"
minutes = 2

[[phases.prompts]]
id = "schritt"
text = "Mein nächster Schritt"
hint = "klein genug, dass er wirklich geschieht"
capture = { kind = "line" }

[[phases.prompts]]
id = "am"
text = "Am"
optional = true
capture = { kind = "day" }

[[outputs.intentions]]
text = "{schritt}"
due = "am"
in_days = 7
`,
  },

  run: {
    label: (title) => `Leitfaden: ${title}`,
    close: 'Gehen und für später aufheben',
    thread: 'Schritte',
    stepOf: (number, count, name) => `Schritt ${number} von ${count}: ${name}`,
    gone: (number, planned) => `${number} von ${minutes(planned)} vergangen`,
    pause: 'Zeit anhalten',
    resume: 'Zeit weiterlaufen lassen',
    hideTime: 'Zeit ausblenden',
    showTime: 'Zeit zeigen',
    past: 'Bisher',
    beside: 'Aus deinem Journal',
    before: 'Was ist seit dem letzten Mal daraus geworden?',
    beforeDone: 'getan',
    beforeLetGo: 'losgelassen',
    back: 'Zurück',
    skip: 'Überspringen',
    next: 'Weiter',
    toEnd: 'Sehen, was daraus wird',
    empty: 'noch leer',
    optional: 'wenn du magst',
    saved: 'Gesichert',
    saving: 'Wird gesichert',
    typing: 'Noch nicht gesichert',
    failed: 'Ließ sich nicht sichern',
    gone_: 'Dieser Durchgang ist nicht mehr hier.',
    finished: 'Dieser ist zu Ende gegangen.',
    openEntry: 'Eintrag öffnen',
    own: 'In eigenen Worten',
    line: (number) => `Zeile ${number}`,
    addLine: 'Zeile hinzufügen',
    mark: (mark) => `Als „${mark}“ markieren`,
    linesLeft: (left) => (left === 1 ? 'noch eine Zeile' : `noch ${left} Zeilen`),
    day: 'Tag',
    time: 'Zeit',
    tomorrow: 'Morgen',
    inDays: (days) => (days === 7 ? 'In einer Woche' : days === 14 ? 'In zwei Wochen' : days === 30 ? 'In einem Monat' : `In ${days} Tagen`),
    today: 'Heute',
    yesterday: 'Gestern',
    chosen: 'Gewählt',
    suggestions: 'Übernehmen',
    find: 'Fang an, einen Titel zu tippen',
    noEntries: 'Kein Eintrag beginnt so.',
    takeAway: 'Wegnehmen',
    of: (mark, most) => `${mark} von ${most}`,
    lookOnce: 'Trotzdem weiter',
  },

  end: {
    title: 'Das war’s',
    lead: 'Sieh es noch einmal durch. Daraus wird ein Eintrag in deinem Journal, den nur du lesen kannst.',
    empty: 'Es wurde nichts geschrieben, also gibt es nichts zu behalten.',
    keep: 'Behalten',
    keeping: 'Wird gesichert',
    intentions: 'Was du dir vornimmst',
    intentionsLead: 'Es kommt an seinem Tag wieder, neben den Worten, aus denen es entstand.',
    offered: 'Vielleicht später',
    due: (text) => `Der Tag für: ${text}`,
    goal: 'Ein Ziel mit seinem Plan',
    loop: 'Eine Lernschleife mit ihren Teilen',
    done: 'Es ist gesichert',
    doneLead: 'Was daraus wurde:',
    entry: 'Ein Eintrag',
    onDay: (day) => `am ${day}`,
    close: 'Fertig',
    another: 'Zurück zu den Leitfäden',
  },

  meeting: {
    label: (title: string) => `Treffen: ${title}`,
    with: (name: string) => `${name} und du`,
    leave: 'Treffen verlassen; alles ist gesichert',
    steps: 'Schritte',
    beside: 'Daneben',
    soFar: 'Bisher',
    left: (minutes: number) => (minutes === 1 ? 'Noch eine Minute' : `Noch ${minutes} Minuten`),
    of: (minutes: number) => `übrig von ${minutes} Min.`,
    over: 'nehmt euch die Zeit, die es braucht',
    rest: (minutes: number) => `insgesamt noch ${minutes} Min.`,
    youSpeak: 'Du sprichst',
    speaks: (name: string) => `${name} spricht`,
    both: 'Ihr beide',
    silent: 'Stille, ihr schreibt',
    yours: 'Du schreibst',
    theirs: (name: string) => `${name} sagt, hier aufgeschrieben`,
    kept: 'beide behalten es',
    sealed: 'versiegelt, bis beide so weit sind',
    seal: 'Versiegeln',
    sealAsk: 'Deine Antwort versiegeln?',
    sealText: 'Sie bleibt, wie sie ist. Beide werden zusammen gezeigt, sobald beide versiegelt haben.',
    hasSealed: (name: string) => `Versiegelt. Es öffnet sich, wenn ${name} auch so weit ist.`,
    called: (name: string) => `„Regel“, gerufen von ${name}`,
    pausePairing: 'Tandem pausieren',
    pauseMore: (name: string) => `Das kannst du allein. ${name} sieht nur „pausiert“.`,
    before: 'Zurück',
    stop: 'Uhr anhalten',
    go: 'Weiterlaufen lassen',
    rule: 'Regel',
    ruleAsk: '„Regel“ rufen?',
    ruleText: 'Beide sehen es. Du musst nicht sagen, welche oder warum.',
    ruleSaid: 'Gerufen.',
    space: 'Leertaste',
    toEnd: 'Zum Schluss',
    end: 'Das war es',
    endMore: 'Was festgehalten wurde, wird zu Notizen, Zusagen und dem nächsten Termin eures Tandems.',
    finish: 'Alles behalten',
    finished: 'Das Treffen ist gesichert',
    finishedMore: 'Seine Notizen und Zusagen stehen im Tandem.',
    back: 'Zum Tandem',
    beginTitle: 'Nach einem Leitfaden treffen',
    guide: 'Welcher Leitfaden',
    sameRoom: 'Im selben Raum',
    sameRoomMore: 'Beide vor diesem Bildschirm. Was nur für eine Seite ist, wird später auf ihrem eigenen Gerät gefragt.',
    begin: 'Beginnen',
    beginning: 'Beginnt',
    meet: 'Jetzt treffen',
    goOn: 'Treffen fortsetzen',
  },
  commands: {
    open: 'Zu den Leitfäden gehen',
    next: 'Nächster Schritt',
    back: 'Schritt zurück',
    leave: 'Gehen und für später aufheben',
    run: (title) => `Nachdenken: ${title}`,
    goOn: (title) => `Weitermachen: ${title}`,
  },
};
