// What a folder or an address turned out to be, in words: lines to read, and whether one can go on.

import type { FolderFinding, PlaceHolds, ServerFinding } from '@/ipc';
import { format, t } from '@/text';

/** What the check step shows. */
export interface Found {
  /** Whether the place can be used as it is. */
  usable: boolean;
  /** What was found, one sentence each. */
  lines: string[];
  /** Something to think about before going on. */
  ask?: string;
}

const spaces = (number: number): string => format.plural(number, t.sync.folder.spaces);
const devices = (number: number): string => format.plural(number, t.sync.folder.devices);

function held(holds: PlaceHolds): string {
  const words = t.sync.folder;
  switch (holds.holds) {
    case 'nothing': return holds.other_files > 0 ? words.files(format.plural(holds.other_files, words.fileForms)) : words.nothing;
    case 'own': return words.own(devices(holds.devices));
    case 'others': return words.others(spaces(holds.spaces));
    case 'both': return words.both(devices(holds.devices), spaces(holds.spaces));
  }
}

/** Says what a folder is like. */
export function ofFolder(finding: FolderFinding): Found {
  const words = t.sync.folder;
  switch (finding.is) {
    case 'usable': {
      const lines = [held(finding.holds), ...(finding.free === null ? [] : [words.free(format.size(finding.free))])];
      return { usable: true, lines, ...(finding.holds.holds === 'others' ? { ask: words.othersAsk } : {}) };
    }
    case 'absent': return { usable: false, lines: [words.absent] };
    case 'read_only': return { usable: false, lines: [words.readOnly] };
    case 'inside_notebook': return { usable: false, lines: [words.inside] };
    case 'known': return { usable: false, lines: [words.known] };
  }
}

/** From how many seconds on a clock is worth a word. */
const CLOCK_OFF = 120;

/** Says how an address answers. */
export function ofServer(finding: ServerFinding): Found {
  const words = t.sync.server;
  switch (finding.answer) {
    case 'usable': {
      const { version, quota, vouchers, clock_ahead } = finding;
      const voucher = { not_asked: words.noVoucher, wanted: words.voucherWanted, given: words.voucherGiven, refused: t.sync.setUp.voucherRefused }[vouchers];
      const clock = Math.abs(clock_ahead) < CLOCK_OFF ? [] : [(clock_ahead > 0 ? words.clockAhead : words.clockBehind)(format.days(Math.abs(clock_ahead)))];
      return { usable: vouchers === 'not_asked' || vouchers === 'given', lines: [words.usable(version), voucher, ...(quota === null ? [] : [words.room(format.size(quota))]), ...clock] };
    }
    case 'too_old': case 'too_new': return { usable: false, lines: [words[finding.answer](finding.version)] };
    default: return { usable: false, lines: [words[finding.answer]] };
  }
}
