// The kinds of pairings in the order in which they are offered, and what one can be in them.

import type { PairingKind, PairingPart } from '@/ipc';

export const KINDS: readonly PairingKind[] = ['mentoring', 'reverse', 'reciprocal', 'peer_coaching', 'buddy', 'practice_partner', 'handover', 'taster'];

/** What one is whose learning leads, and what one is who teaches; nothing where neither does. */
export const PARTS: Partial<Record<PairingKind, { learn: PairingPart; teach: PairingPart }>> = {
  mentoring: { learn: 'mentee', teach: 'mentor' },
  reverse: { learn: 'senior', teach: 'junior' },
  buddy: { learn: 'newcomer', teach: 'buddy' },
  handover: { learn: 'successor', teach: 'leaver' },
  taster: { learn: 'guest', teach: 'host' },
};
