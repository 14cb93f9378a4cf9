// The commands of the fake host about devices. The other computer is played too: `meet(world)` lets it answer.
// A code that begins with `X` is unknown, one that begins with `T` does not fit together.

import { apiError } from '../host';
import type { DeviceRow, LinkFailure, LinkSign, LinkView, MeetingPlace, PlaceKind } from '../generated/types';
import { makeId, mustBeWritable, KIT_WORDS, type Handlers, type World } from './world';
import { syncOf } from './sync';

type DeviceCommand = Extract<keyof Handlers, `devices_${string}`> | 'recovery_print_kit' | 'recovery_ask_words' | 'recovery_rehearse';

interface Known {
  devices: DeviceRow[];
  link: LinkView;
  begun: { device_name: string; key_place: 'keyring' | 'passphrase'; passphrase?: string; at: MeetingPlace } | undefined;
}

const known = new WeakMap<World, Known>();
const SIGNS: LinkSign[] = [
  { symbol: '🦉', en: 'owl', de: 'Eule' }, { symbol: '🔑', en: 'key', de: 'Schlüssel' }, { symbol: '🍌', en: 'banana', de: 'Banane' }, { symbol: '🌍', en: 'globe', de: 'Weltkugel' },
  { symbol: '🎁', en: 'present', de: 'Geschenk' }, { symbol: '🐢', en: 'turtle', de: 'Schildkröte' }, { symbol: '✂️', en: 'scissors', de: 'Schere' },
];

/** A picture that stands for a QR code. */
export const QR = (() => {
  const dark = Array.from({ length: 441 }, (_, at) => ({ x: at % 21, y: Math.floor(at / 21) })).filter(({ x, y }) => {
    const eye = (ex: number, ey: number): boolean => Math.max(Math.abs(x - ex), Math.abs(y - ey)) !== 2 && Math.max(Math.abs(x - ex), Math.abs(y - ey)) < 4;
    const near = (x < 8 || x > 12) && (y < 8 || (y > 12 && x < 8));
    return near ? eye(3, 3) || eye(17, 3) || eye(3, 17) : (x * 7 + y * 13 + x * y) % 3 === 0;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 25 25" shape-rendering="crispEdges"><path fill="white" d="M-2-2h25v25h-25z"/><path d="${dark.map(({ x, y }) => `M${x} ${y}h1v1h-1z`).join('')}"/></svg>`;
})();

/** The devices of a world, and its linking. */
export function devicesOf(world: World): Known {
  const found = known.get(world);
  if (found) return found;
  const days = (back: number): string => new Date(world.now().getTime() - back * 86_400_000).toISOString();
  const row = (name: string, system: string, back: number, seen: number | null, more: Partial<DeviceRow> = {}): DeviceRow => ({ id: makeId(), name, system, is_this: false, added_at: days(back), added_by: 'ThinkPad', last_seen_at: seen === null ? null : days(seen), revoked_at: null, ...more });
  const others = [
    row('Desk at home', 'macOS', 76, 1),
    row('The old laptop that stands in the cellar beside the boxes with the winter clothes', 'Windows', 300, 80),
    row('Left on a train', 'Linux', 400, 120, { revoked_at: days(118) }),
    ...Array.from({ length: 12 }, (_, at) => row(`Workshop ${at + 1}`, 'Linux', 40 + at, at)),
  ];
  const made: Known = {
    devices: [row('ThinkPad', 'Linux', 420, 0, { is_this: true, added_by: null }), ...others.slice(0, Math.max(0, world.switches.devices - 1))],
    link: { step: 'idle' }, begun: undefined,
  };
  known.set(world, made);
  return made;
}

const soon = (world: World): string => new Date(world.now().getTime() + 600_000).toISOString();

function show(world: World, link: LinkView): LinkView {
  devicesOf(world).link = link;
  world.changed('devices');
  return structuredClone(link);
}

const failed = (world: World, why: LinkFailure): LinkView => show(world, { step: 'failed', why });
const kindOf = (at: MeetingPlace): PlaceKind => (at.by === 'folder' ? { kind: 'folder', path: at.path } : { kind: 'server', address: at.address });

/** Lets the other computer do the next thing it would do. */
export function meet(world: World, same = true): void {
  const state = devicesOf(world);
  const { link, begun } = state;
  if (link.step === 'showing_code') show(world, { step: 'comparing', signs: SIGNS, other: 'ThinkPad', confirms: false, expires_at: soon(world) });
  else if (link.step === 'looking') show(world, { step: 'comparing', signs: SIGNS, other: 'Desk at home', confirms: true, expires_at: soon(world) });
  else if (link.step === 'comparing' && !link.confirms && !same) failed(world, 'not_the_same');
  else if (link.step === 'comparing' && !link.confirms && begun) arrive(world);
  else if (link.step === 'joining') {
    const now = world.now().toISOString();
    state.devices.push({ id: makeId(), name: 'Desk at home', system: 'macOS', is_this: false, added_at: now, added_by: 'ThinkPad', last_seen_at: now, revoked_at: null });
    show(world, { step: 'done', device_name: 'Desk at home' });
  }
}

/** The journal arrives on this computer: the notebook is open, and sync fetches the rest. */
function arrive(world: World): void {
  const { begun } = devicesOf(world);
  if (!begun) return;
  world.passphrase = begun.key_place === 'passphrase' ? begun.passphrase : undefined;
  world.notebook = { ...world.notebook, key_place: begun.key_place, device_name: begun.device_name };
  world.status = { state: 'open', notebook: world.notebook };
  const now = world.now().toISOString();
  const stand = syncOf(world);
  stand.places = [{ id: makeId(), place: kindOf(begun.at), added_at: now, last_at: null, away_since: null, waiting: 0, used: null, quota: null, free: null }];
  stand.state = { state: 'receiving', done: 1240, of: 10_000, seconds_left: 80 };
  show(world, { step: 'done', device_name: begun.device_name });
  world.changed('notebook', 'journal', 'settings', 'sync');
}

function deviceOf(world: World, id: string): DeviceRow {
  const device = devicesOf(world).devices.find((one) => one.id === id);
  if (!device) throw apiError('not_found', 'This device is not in the list any more.');
  return device;
}

const rows = (world: World): DeviceRow[] => structuredClone(devicesOf(world).devices);

function mustBeAbsent(world: World): void {
  if (world.status.state !== 'absent') throw apiError('notebook_exists', 'A notebook is already here. Nothing was made over it.');
}

function mustAnswer(at: MeetingPlace): void {
  const name = at.by === 'folder' ? at.path : at.address;
  if (/silent|gone/.test(name)) throw apiError('offline', 'Nothing answers there. Nothing was changed.', 'at');
}

export const devices: Pick<Handlers, DeviceCommand> = {
  devices_list: rows,
  devices_rename: (world, { id, name }) => {
    mustBeWritable(world);
    if (!name.trim()) throw apiError('invalid', 'A device needs a name. Nothing was changed.', 'name');
    deviceOf(world, id).name = name.trim();
    world.changed('devices');
    return rows(world);
  },
  devices_plan_revoke: (world, id) => {
    const device = structuredClone(deviceOf(world, id));
    return { device, spaces: 4, may_have_unsent: (world.now().getTime() - new Date(device.last_seen_at ?? 0).getTime()) / 86_400_000 > 30, heard_later: ['off', 'offline', 'paused'].includes(syncOf(world).state.state) };
  },
  devices_revoke: (world, id) => {
    mustBeWritable(world);
    deviceOf(world, id).revoked_at = world.now().toISOString();
    world.changed('devices', 'spaces');
    return rows(world);
  },
  devices_link_state: (world) => structuredClone(devicesOf(world).link),
  devices_link_begin: (world, { at, device_name, key_place, passphrase }) => {
    mustBeAbsent(world);
    mustAnswer(at);
    devicesOf(world).begun = { at, device_name, key_place, ...(passphrase === undefined ? {} : { passphrase }) };
    return show(world, { step: 'showing_code', code: 'K7M-2QX-9PD', qr_svg: QR, expires_at: soon(world), at: kindOf(at) });
  },
  devices_link_answer: (world, { code }) => {
    const letters = code.replace(/[\s-]/g, '').toUpperCase();
    if (letters.length !== 9) throw apiError('invalid', 'The code has nine characters. Nothing was changed.', 'code');
    if (letters.startsWith('X')) return failed(world, 'unknown_code');
    if (letters.startsWith('T')) return failed(world, 'tampered');
    return show(world, { step: 'looking', expires_at: soon(world) });
  },
  devices_link_confirm: (world, { same }) => {
    if (devicesOf(world).link.step !== 'comparing') throw apiError('conflict', 'There is nothing to compare any more. Nothing was changed.');
    return same ? show(world, { step: 'joining' }) : failed(world, 'not_the_same');
  },
  devices_link_cancel: (world) => {
    devicesOf(world).begun = undefined;
    return show(world, { step: 'idle' });
  },
  devices_read_kit: (_world, kit) => {
    if (kit.by === 'words' && kit.words.trim().split(/\s+/).length !== 24) throw apiError('kit_invalid', 'A recovery kit has 24 words. Nothing was touched.', 'words');
    return kit.by === 'words' ? { made_on: null, places: [] } : { made_on: '2026-09-04', places: [{ by: 'server', address: 'https://sync.example.org' }] };
  },
  devices_come_back: (world, { kit, at, device_name, key_place, passphrase }) => {
    mustBeAbsent(world);
    mustAnswer(at);
    if (kit.by === 'words' && kit.words.trim().toLowerCase() !== KIT_WORDS.join(' ')) throw apiError('not_found', 'No journal of this kit lies there. Nothing was changed.', 'kit');
    devicesOf(world).begun = { at, device_name, key_place, ...(passphrase === undefined ? {} : { passphrase }) };
    arrive(world);
    devicesOf(world).link = { step: 'idle' };
    return structuredClone(world.status);
  },
  recovery_print_kit: (world) => {
    world.notebook = { ...world.notebook, kit_made_at: world.now().toISOString() };
    if (world.status.state === 'open') world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return null;
  },
  recovery_ask_words: (world) => ({ asks: [7, 19], due: world.switches.kitDue }),
  recovery_rehearse: (world, { words }) => {
    const wrong = words.find(({ number, word }) => KIT_WORDS[number - 1] !== word.trim().toLowerCase());
    if (wrong) throw apiError('wrong_key', 'One of these words is another one in the kit. Nothing was touched.', 'words');
    world.switches = { ...world.switches, kitDue: false };
    world.notebook = { ...world.notebook, kit_checked_at: world.now().toISOString() };
    if (world.status.state === 'open') world.status = { state: 'open', notebook: world.notebook };
    world.changed('notebook');
    return structuredClone(world.status);
  },
};
