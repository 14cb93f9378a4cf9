// The commands of the fake host about sync. What it meets depends on names, so that every answer can be seen:
// a folder whose name has `gone`, `locked`, `inside`, `mine`, `theirs` or `both` in it, a server called `silent`, `web`,
// `untrusted`, `old`, `new` or `voucher`. `?sync=` and `?alarm=` choose a state to begin in.

import { apiError } from '../host';
import type {
  AlarmAct, AlarmKind, FolderFinding, PlaceHolds, PlaceView, RefusedRecord, ServerFinding, SpaceSync, SyncAlarm, SyncState, SyncView,
} from '../generated/types';
import { makeId, mustBeWritable, type Handlers, type World } from './world';

type SyncCommand = Extract<keyof Handlers, `sync_${string}`>;

interface Stand extends SyncView {
  refused: RefusedRecord[];
}

const stands = new WeakMap<World, Stand>();

const ago = (world: World, minutes: number): string => new Date(world.now().getTime() - minutes * 60_000).toISOString();

/** What can be done about each alarm, as the real host offers it. */
const ACTS: Record<AlarmKind['kind'], { acts: AlarmAct[]; stops: boolean }> = {
  rolled_back: { acts: ['send_again', 'choose_other', 'take_away'], stops: true },
  restored: { acts: ['understood'], stops: false },
  withheld: { acts: ['try_again', 'take_away'], stops: true },
  forked: { acts: ['take_away', 'choose_other'], stops: true },
  device_forked: { acts: ['go_on', 'take_away'], stops: true },
  member_forked: { acts: ['show_refused', 'understood'], stops: false },
  shut_out: { acts: ['understood'], stops: false },
  swapped: { acts: ['choose_other', 'go_on', 'take_away'], stops: true },
  emptied: { acts: ['send_again', 'choose_other', 'take_away'], stops: true },
  incomplete: { acts: [], stops: false },
  refused: { acts: ['show_refused', 'understood'], stops: false },
  crashed: { acts: ['show_refused', 'understood'], stops: false },
  not_included: { acts: ['understood'], stops: false },
  disk_full: { acts: ['try_again'], stops: false },
  place_full: { acts: ['try_again', 'choose_other', 'take_away'], stops: false },
  quota_full: { acts: ['try_again', 'choose_other', 'take_away'], stops: false },
  clock_off: { acts: ['try_again'], stops: false },
  update_needed: { acts: ['understood'], stops: false },
  access_refused: { acts: ['try_again', 'take_away'], stops: true },
  untrusted: { acts: ['try_again'], stops: false },
  device_revoked: { acts: [], stops: false },
};

function sampleOf(world: World, kind: AlarmKind['kind']): AlarmKind {
  const since = ago(world, 190);
  switch (kind) {
    case 'rolled_back': return { kind, missing: 412 };
    case 'restored': return { kind, sent_again: 38 };
    case 'withheld': return { kind, device: 'Desk at home', since };
    case 'forked': return { kind, device: 'Desk at home' };
    case 'device_forked': return { kind, device: null };
    case 'emptied': return { kind, had: 3841 };
    case 'incomplete': return { kind, files: 3, since };
    case 'refused': case 'not_included': return { kind, records: 2 };
    case 'quota_full': return { kind, used: 5_300_000_000, quota: 5_368_709_120 };
    case 'clock_off': return { kind, ahead: -3 * 86_400 };
    case 'device_revoked': return { kind, at: since };
    default: return { kind };
  }
}

function alarmOf(world: World, kind: AlarmKind['kind'], place: PlaceView | undefined): SyncAlarm {
  const own = kind === 'disk_full' || kind === 'clock_off' || kind === 'device_revoked';
  const ofSpace = kind === 'update_needed' || kind === 'not_included' || kind === 'shut_out' || kind === 'member_forked';
  return { id: makeId(), what: sampleOf(world, kind), place: own ? null : (place?.id ?? null), at: own ? null : (place?.place ?? null), space_name: ofSpace ? 'Release circle' : null, noticed_at: ago(world, 12), ...ACTS[kind] };
}

function stateOf(world: World, state: SyncState['state']): SyncState {
  const since = ago(world, 9 * 60 + 4);
  switch (state) {
    case 'off': return { state };
    case 'in_step': return { state, at: ago(world, 13) };
    case 'sending': return { state, waiting: 3 };
    case 'receiving': return { state, done: 3120, of: 10_000, seconds_left: 40 };
    case 'offline': return { state, since, waiting: 4 };
    case 'paused': return { state, since, waiting: 4 };
    case 'needs_you': return { state, count: 1, waiting: 4 };
  }
}

/** How sync stands in a world. */
export function syncOf(world: World): Stand {
  const known = stands.get(world);
  if (known) return known;
  const { sync, alarm } = world.switches;
  const asked = alarm.split(',').filter(Boolean);
  const kinds = asked.filter((kind): kind is AlarmKind['kind'] => kind in ACTS);
  const state = kinds.some((kind) => ACTS[kind].stops) ? 'needs_you' : kinds.length > 0 && sync === 'off' ? 'in_step' : sync;
  const away = state === 'offline' ? ago(world, 9 * 60 + 4) : null;
  const folder: PlaceView = { id: makeId(), place: { kind: 'folder', path: '/home/mara/Nextcloud/vice-versa' }, added_at: ago(world, 60 * 24 * 76), last_at: ago(world, 13), away_since: away, waiting: 0, used: null, quota: null, free: 41_300_000_000 };
  const server: PlaceView = { id: makeId(), place: { kind: 'server', address: 'https://sync.example.org' }, added_at: ago(world, 60 * 24 * 9), last_at: ago(world, 2), away_since: away, waiting: state === 'sending' ? 3 : 0, used: 48_213_000, quota: 5_368_709_120, free: null };
  const places = state === 'off' ? [] : [folder, server];
  const made: Stand = {
    state: stateOf(world, state), places,
    alarms: kinds.map((kind) => alarmOf(world, kind, folder)).sort((one, other) => Number(other.stops) - Number(one.stops)),
    refused: [
      { space_name: '', reason: 'damaged', at: ago(world, 12), from: 'Desk at home' },
      { space_name: 'Release circle', reason: 'too_new', at: ago(world, 190), from: 'Priya' },
    ],
  };
  stands.set(world, made);
  return made;
}

const view = (world: World): SyncView => {
  const { state, places, alarms } = syncOf(world);
  return structuredClone({ state, places, alarms });
};

function settle(world: World): SyncView {
  const stand = syncOf(world);
  const waits = stand.alarms.filter((alarm) => alarm.stops).length;
  if (stand.places.length === 0) stand.state = { state: 'off' };
  else if (waits > 0) stand.state = { state: 'needs_you', count: waits, waiting: 4 };
  else if (stand.state.state !== 'paused') stand.state = { state: 'in_step', at: world.now().toISOString() };
  world.changed('sync');
  return view(world);
}

function holds(path: string): PlaceHolds {
  if (path.includes('both')) return { holds: 'both', devices: 1, spaces: 3 };
  if (path.includes('mine')) return { holds: 'own', devices: 2 };
  if (path.includes('theirs')) return { holds: 'others', spaces: 2 };
  return { holds: 'nothing', other_files: path.includes('Nextcloud') ? 12 : 0 };
}

function folder(world: World, path: string): FolderFinding {
  if (path.includes('gone')) return { is: 'absent' };
  if (path.includes('locked')) return { is: 'read_only' };
  if (path.startsWith(world.notebook.folder) || path.includes('inside')) return { is: 'inside_notebook' };
  if (syncOf(world).places.some(({ place }) => place.kind === 'folder' && place.path === path)) return { is: 'known' };
  return { is: 'usable', holds: holds(path), free: 212_000_000_000 };
}

function server(world: World, typed: string, given: string | undefined): ServerFinding {
  const text = typed.trim();
  const [, inside] = /#([\w-]+)$/.exec(text) ?? [];
  const name = text.replace(/#.*$/, '').replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const voucher = given?.trim() || inside || null;
  if (!/^[\w-]+(\.[\w-]+)+(:\d+)?$|^localhost(:\d+)?$/.test(name)) return { answer: 'no_address' };
  const address = `https://${name}`;
  if (name.startsWith('silent')) return { answer: 'silent' };
  if (name.startsWith('web')) return { answer: 'something_else' };
  if (name.startsWith('untrusted')) return { answer: 'untrusted' };
  if (text.startsWith('http://')) return { answer: 'unencrypted' };
  if (name.startsWith('old')) return { answer: 'too_old', version: '0.0.4' };
  if (name.startsWith('new')) return { answer: 'too_new', version: '9.1.0' };
  if (syncOf(world).places.some(({ place }) => place.kind === 'server' && place.address === address)) return { answer: 'known' };
  const asks = name.startsWith('voucher');
  const vouchers = !asks ? 'not_asked' : voucher === null ? 'wanted' : voucher.includes('used') ? 'refused' : 'given';
  return { answer: 'usable', address, voucher: asks ? voucher : null, vouchers, version: '0.1.0', quota: 5_368_709_120, clock_ahead: name.includes('late') ? -600 : 0 };
}

function add(world: World, place: PlaceView['place']): SyncView {
  mustBeWritable(world);
  const now = world.now().toISOString();
  syncOf(world).places.push({ id: makeId(), place, added_at: now, last_at: now, away_since: null, waiting: 0, used: place.kind === 'server' ? 0 : null, quota: place.kind === 'server' ? 5_368_709_120 : null, free: place.kind === 'server' ? null : 41_300_000_000 });
  return settle(world);
}

function placeOf(world: World, id: string | null): PlaceView {
  const place = syncOf(world).places.find((one) => one.id === id);
  if (!place) throw apiError('not_found', 'Sync does not go through this place any more.');
  return place;
}

function details(world: World): SpaceSync[] {
  if (syncOf(world).places.length === 0) return [];
  const heard = { who: 'Desk at home', at: ago(world, 2) };
  const compare = 'amber lantern river quiet paper seven garden velvet'.split(' ');
  return [
    { space: 'journal', name: '', kind: 'journal', sent: 3841, received: 1204, verified: 1204, waiting: syncOf(world).state.state === 'sending' ? 3 : 0, parked: 0, refused: 1, heard, compare },
    { space: 'account', name: '', kind: 'account', sent: 2, received: 3, verified: 3, waiting: 0, parked: 0, refused: 0, heard: { who: 'Desk at home', at: ago(world, 60 * 24 * 9) }, compare },
    { space: 'circle', name: 'Release circle', kind: 'circle', sent: 18, received: 92, verified: 92, waiting: 0, parked: 1, refused: 1, heard: { who: 'Priya', at: ago(world, 190) }, compare: [] },
  ];
}

export const sync: Pick<Handlers, SyncCommand> = {
  sync_state: (world) => structuredClone(syncOf(world).state),
  sync_read: view,
  sync_details: details,
  sync_refused: (world) => structuredClone(syncOf(world).refused),
  sync_test_folder: (world, { path }) => folder(world, path),
  sync_test_server: (world, { address, voucher }) => server(world, address, voucher),
  sync_add_folder: (world, { path }) => {
    const found = folder(world, path);
    if (found.is !== 'usable') throw apiError('invalid', 'This folder cannot be used. Nothing was changed.', 'path');
    return add(world, { kind: 'folder', path });
  },
  sync_add_server: (world, { address, voucher }) => {
    const found = server(world, address, voucher);
    if (found.answer !== 'usable') throw apiError('invalid', 'This address cannot be used. Nothing was changed.', 'address');
    if (found.vouchers === 'wanted' || found.vouchers === 'refused') throw apiError('not_allowed', 'This voucher is not taken. Nothing was changed.', 'voucher');
    return add(world, { kind: 'server', address: found.address });
  },
  sync_remove_place: (world, id) => {
    mustBeWritable(world);
    const stand = syncOf(world);
    placeOf(world, id);
    stand.places = stand.places.filter((place) => place.id !== id);
    stand.alarms = stand.alarms.filter((alarm) => alarm.place !== id);
    return settle(world);
  },
  sync_now: (world) => {
    for (const place of syncOf(world).places) Object.assign(place, { away_since: null, last_at: world.now().toISOString(), waiting: 0 });
    return settle(world);
  },
  sync_pause: (world) => {
    syncOf(world).state = { state: 'paused', since: world.now().toISOString(), waiting: 0 };
    world.changed('sync');
    return view(world);
  },
  sync_resume: (world) => {
    syncOf(world).state = { state: 'in_step', at: world.now().toISOString() };
    return settle(world);
  },
  sync_answer_alarm: (world, { id, act }) => {
    const stand = syncOf(world);
    const alarm = stand.alarms.find((one) => one.id === id);
    if (!alarm) throw apiError('not_found', 'This was answered meanwhile. Nothing was changed.');
    if (act === 'choose_other' || act === 'show_refused') throw apiError('invalid', 'This is answered in the window. Nothing was changed.');
    if (act === 'take_away') stand.places = stand.places.filter((place) => place.id !== alarm.place);
    stand.alarms = stand.alarms.filter((one) => (act === 'take_away' ? one.place !== alarm.place : one.id !== id));
    return settle(world);
  },
};
