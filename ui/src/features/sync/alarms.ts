// What an alarm means for a person: what happened, what is safe and what to do. The type makes a missing one an error.

import { moment } from '@/app/standing';
import type { AlarmKind } from '@/ipc';
import { format, t } from '@/text';

/** What to show for an alarm. */
export interface AlarmText {
  title: string;
  /** What happened. */
  text: string;
  /** What is safe, and what to do. */
  safe: string;
}

/** Gives the words for what happened. */
export function alarmText(what: AlarmKind): AlarmText {
  const words = t.sync.alarms;
  const said = words[what.kind];
  return { title: said.title, text: happened(what), safe: said.safe };
}

function happened(what: AlarmKind): string {
  const words = t.sync.alarms;
  const changes = (number: number): string => format.plural(number, t.sync.changes);
  const device = (name: string | null): string => (name ? words.device(name) : words.someDevice);
  const days = (seconds: number): string => format.days(Math.abs(seconds));
  switch (what.kind) {
    case 'rolled_back': return words.rolled_back.text(changes(what.missing));
    case 'restored': return words.restored.text(changes(what.sent_again));
    case 'withheld': return words.withheld.text(device(what.device), moment(what.since));
    case 'forked': return words.forked.text(device(what.device));
    case 'device_forked': return what.device === null ? words.device_forked.textUnknown : words.device_forked.text(words.device(what.device));
    case 'emptied': return words.emptied.text(changes(what.had));
    case 'incomplete': return words.incomplete.text(format.plural(what.files, words.files), moment(what.since));
    case 'refused': return words.refused.text(format.plural(what.records, words.records));
    case 'not_included': return words.not_included.text(changes(what.records));
    case 'quota_full': return words.quota_full.text(format.size(what.used), format.size(what.quota));
    case 'clock_off': return what.ahead > 0 ? words.clock_off.ahead(days(what.ahead)) : words.clock_off.behind(days(what.ahead));
    case 'device_revoked': return what.at === null ? words.device_revoked.textUnknown : words.device_revoked.text(moment(what.at));
    case 'swapped': case 'member_forked': case 'shut_out': case 'crashed': case 'disk_full': case 'place_full': case 'update_needed': case 'access_refused': case 'untrusted': return words[what.kind].text;
  }
}
