// Wörter für das, was misslingen kann, eine Zeile je Kennung: was geschah, was sicher ist, was zu tun ist.

import type { Words } from '../words';

export const errors: Words['errors'] = {
  no_notebook: { title: 'Hier ist noch kein Notizbuch', safe: 'Nichts wurde geändert.', todo: 'Beginn eines, oder wähle einen anderen Ordner.' },
  notebook_exists: { title: 'Hier ist schon ein Notizbuch', safe: 'Es wurde nichts darüber geschrieben.', todo: 'Öffne es mit seinem Schlüssel oder mit dem Wiederherstellungs-Set.' },
  locked: { title: 'Das Notizbuch ist gesperrt', safe: 'Alles darin ist sicher.', todo: 'Entsperr es und versuch es noch einmal.' },
  wrong_key: { title: 'Damit öffnet sich das Notizbuch nicht', safe: 'Nichts wurde angerührt.', todo: 'Achte auf große und kleine Buchstaben und versuch es noch einmal, oder nimm das Wiederherstellungs-Set.' },
  keyring_no_entry: { title: 'Im Schlüsselbund liegt kein Schlüssel für dieses Notizbuch', safe: 'Dein Notizbuch ist da und heil.', todo: 'Öffne es mit dem Wiederherstellungs-Set; der Schlüssel wird dann zurückgelegt.' },
  keyring_unreachable: { title: 'Der Schlüsselbund antwortet nicht', safe: 'Dein Notizbuch ist da und heil.', todo: 'Versuch es gleich noch einmal, oder öffne es mit dem Wiederherstellungs-Set.' },
  keyring_locked: { title: 'Der Schlüsselbund dieses Computers ist gesperrt', safe: 'Dein Notizbuch ist da und heil.', todo: 'Entsperr den Schlüsselbund und versuch es noch einmal.' },
  kit_invalid: { title: 'Dieses Wiederherstellungs-Set lässt sich nicht lesen', safe: 'Nichts wurde angerührt.', todo: 'Vergleich es Wort für Wort mit dem, was du aufgeschrieben hast.' },
  newer_version: { title: 'Eine neuere Version hat dieses Notizbuch geschrieben', safe: 'Es wurde nicht angerührt.', todo: 'Aktualisiere die App und öffne es noch einmal.' },
  damaged: { title: 'Die Datei des Notizbuchs ist beschädigt', safe: 'Nichts wurde verschoben.', todo: 'Lies aus, was noch lesbar ist, oder stell eine Sicherung wieder her.' },
  in_use: { title: 'Ein anderes Programm arbeitet an diesem Notizbuch', safe: 'Nichts wurde geändert.', todo: 'Warte, bis es fertig ist, und versuch es noch einmal.' },
  disk_full: { title: 'Der Datenträger ist voll', safe: 'Was vorher gesichert war, ist sicher, und was du gerade getippt hast, steht noch im Fenster.', todo: 'Schaff Platz und versuch es noch einmal.' },
  read_only: { title: 'In den Ordner darf nicht geschrieben werden', safe: 'Alles darin lässt sich lesen.', todo: 'Erlaube das Schreiben im Ordner und starte dann neu.' },
  not_found: { title: 'Das ist nicht mehr hier', safe: 'Sonst wurde nichts angerührt.', todo: 'Vielleicht wurde es inzwischen gelöscht oder verschoben.' },
  invalid: { title: 'So lässt sich das nicht übernehmen', safe: 'Nichts wurde geändert.', todo: 'Ändere es und versuch es noch einmal.' },
  too_large: { title: 'Das ist zu groß für einen Eintrag', safe: 'Dein Text steht noch im Fenster.', todo: 'Leg ihn stattdessen als Datei des Eintrags ab.' },
  unreadable_file: { title: 'Diese Datei lässt sich nicht lesen', safe: 'Nichts wurde angerührt.', todo: 'Sieh nach, ob es die richtige Datei ist und ob sie heil ist.' },
  file_exists: { title: 'Es gibt schon eine Datei mit diesem Namen', safe: 'Sie ist, wie sie war.', todo: 'Wähle einen anderen Namen, oder lass sie ersetzen.' },
  cancelled: { title: 'Angehalten', safe: 'Was bis hierher geschah, ist heil.', todo: 'Fang wieder an, wann immer du magst.' },
  conflict: { title: 'Es hat sich inzwischen geändert', safe: 'Nichts wurde überschrieben.', todo: 'Sieh es dir an, wie es jetzt ist, und versuch es noch einmal.' },
  no_microphone: { title: 'Kein Mikrofon gefunden', safe: 'Nichts wurde aufgenommen und nichts geändert.', todo: 'Schließ eines an oder wähl eines in den Einstellungen dieses Computers, und nimm noch einmal auf.' },
  microphone_refused: { title: 'Dieser Computer lässt die App nicht zuhören', safe: 'Nichts wurde aufgenommen und nichts geändert.', todo: 'Erlaub das Mikrofon in den Einstellungen des Systems, und nimm noch einmal auf.' },
  microphone_gone: { title: 'Das Mikrofon ist weg', safe: 'Was vorher aufgenommen wurde, ist gesichert.', todo: 'Schließ es wieder an, um weiter aufzunehmen.' },
  offline: { title: 'Dort antwortet nichts', safe: 'Was du geschrieben hast, liegt hier und geht später hinaus.', todo: 'Sieh nach, ob dieser Computer am Netz ist oder der Ordner da ist, und versuch es noch einmal.' },
  expired: { title: 'Die Zeit dafür ist vorbei', safe: 'Nichts wurde geändert.', todo: 'Bitte um etwas Neues.' },
  not_allowed: { title: 'Die Regeln hier erlauben das nicht', safe: 'Nichts wurde geändert.', todo: 'Frag jemanden, der es darf.' },
  internal: { title: 'Etwas geschah, womit dieses Programm nicht gerechnet hat', safe: 'Was vorher gesichert war, ist sicher.', todo: 'Versuch es noch einmal. Kommt es wieder, sieh unter Einstellungen, Über nach.' },
};
