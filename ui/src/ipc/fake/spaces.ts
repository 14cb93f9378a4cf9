// The commands of the fake host about spaces. `?spaces` begins with a pairing and a circle; somebody asks to come in.

import { apiError } from '../host';
import type { InvitationView, InviteView, MemberView, Reader, Role, SpaceKind, SpaceRow, SpaceView } from '../generated/types';
import { QR } from './devices';
import { makeId, mustBeWritable, type Handlers, type World } from './world';

type SpaceCommand = Extract<keyof Handlers, `spaces_${string}`>;

const known = new WeakMap<World, SpaceView[]>();
const WORDS = 'amber lantern river quiet paper seven garden velvet'.split(' ');
const OTHERS: Record<SpaceKind, Role[]> = { journal: [], account: [], pairing: ['peer', 'facilitator'], circle: ['member', 'observer', 'facilitator'] };

const iso = (world: World, daysBack: number): string => new Date(world.now().getTime() - daysBack * 86_400_000).toISOString();

function memberOf(world: World, name: string, role: Role, back: number, more: Partial<MemberView> = {}): MemberView {
  return { account: makeId(), name, role, is_me: false, since: iso(world, back), safety_words: [...WORDS].sort(() => (name.length % 2 ? 1 : -1)), compared_at: null, can_remove: false, can_become: [], ...more };
}

const readsContent = (member: MemberView): boolean => member.role !== 'facilitator';
const readerOf = (member: MemberView, since: string | null): Reader => ({ account: member.account, name: member.name, is_me: member.is_me, since });

/** Computes who can read from whom the keys are sealed to: here, from the members. */
function settle(space: SpaceView): SpaceView {
  const since = (member: MemberView): string | null => (space.history === 'full' || member.since === space.founded_at ? null : member.since);
  space.content_readers = space.members.filter(readsContent).map((member) => readerOf(member, since(member)));
  space.process_readers = space.members.map((member) => readerOf(member, since(member)));
  return space;
}

function make(world: World, kind: SpaceKind, name: string, members: MemberView[], back: number, more: Partial<SpaceView> = {}): SpaceView {
  const invite = kind === 'circle' ? OTHERS.circle : kind === 'pairing' ? (members.filter((one) => one.role === 'peer').length < 2 ? OTHERS.pairing : (['facilitator'] as Role[])) : [];
  return settle({
    id: makeId(), name, kind, state: 'open', role: members.find((member) => member.is_me)?.role ?? null, founded_at: iso(world, back),
    history: kind === 'circle' ? 'full' : 'from_join', members, content_readers: [], process_readers: [], keys_fit: true, invites: [], requests: [], consents: [],
    rights: { rename: kind !== 'journal', invite, leave: kind !== 'journal' }, places: kind === 'journal' ? [] : ['https://sync.example.org'], ...more,
  });
}

/** The spaces of a world. */
export function spacesOf(world: World): SpaceView[] {
  const found = known.get(world);
  if (found) return found;
  const me = (role: Role, back: number): MemberView => memberOf(world, world.notebook.name, role, back, { is_me: true, safety_words: [] });
  const made = [make(world, 'journal', '', [me('owner', 420)], 420)];
  if (world.switches.spaces) {
    const manage = { can_remove: true, can_become: ['observer', 'facilitator'] as Role[] };
    made.push(
      make(world, 'pairing', '', [me('peer', 76), memberOf(world, 'Jon Adeyemi', 'peer', 76, { compared_at: iso(world, 70) })], 76, {
        consents: [{ id: makeId(), name: 'Selin Aydın', role: 'facilitator', by: 'Jon Adeyemi', at: iso(world, 1), mine: true }],
      }),
      make(world, 'circle', 'Release circle', [me('owner', 49), memberOf(world, 'Priya Raman', 'member', 48, manage), memberOf(world, 'Ana Ferreira-Castellanos de Vasconcelos e Albuquerque', 'member', 40, { ...manage, compared_at: iso(world, 30) }), memberOf(world, 'Tom Okoye', 'observer', 20, manage), memberOf(world, 'Wiebke Sörensen', 'facilitator', 49, manage)], 49, {
        requests: [{ id: makeId(), name: 'Helen Brandt', role: 'member', safety_words: WORDS, asked_at: iso(world, 0.2), by_file: false }],
        invites: [invitation(world, 'member', 3, 'amber')],
      }),
      make(world, 'pairing', '', [me('peer', 300), memberOf(world, 'Helen Brandt', 'peer', 300)], 300, { state: 'frozen', rights: { rename: false, invite: [], leave: true } }),
    );
  }
  known.set(world, made);
  return made;
}

function invitation(world: World, role: Role, uses: number, secret: string): InviteView {
  return { id: makeId(), link: `https://sync.example.org/j#v1.${secret}7f3kQm2xVtP0aLwZ9sYbNcRdEgHjUi4oT6`, qr_svg: QR, role, by: world.notebook.name, made_at: iso(world, 0), expires_at: iso(world, -7), uses_left: uses, auto_approve: false };
}

function rowOf(space: SpaceView): SpaceRow {
  return {
    id: space.id, name: space.name, kind: space.kind, state: space.state, role: space.role, readers: space.content_readers,
    since: space.members.find((member) => member.is_me)?.since ?? space.founded_at, waiting: space.requests.length + space.consents.filter((one) => one.mine).length,
  };
}

function spaceOf(world: World, id: string): SpaceView {
  const space = spacesOf(world).find((one) => one.id === id);
  if (!space) throw apiError('not_found', 'This space is not here any more.');
  return space;
}

function changed(world: World, space: SpaceView): SpaceView {
  settle(space);
  world.changed('spaces');
  return structuredClone(space);
}

/** An invitation: a link with `circle` in it is one to a circle, one with `file` travels by files, one with `old` is over. */
function look(world: World, text: string): InvitationView {
  if (!/j(oin)?#|\.vv$/.test(text)) throw apiError('invalid', 'This is no invitation. Nothing was changed.', 'link');
  if (text.includes('old')) throw apiError('expired', 'This invitation is too old. Nothing was changed.', 'link');
  const circle = text.includes('circle');
  const by_file = text.includes('file') || text.endsWith('.vv');
  return { space: 'invited', kind: circle ? 'circle' : 'pairing', by: 'Helen Brandt', role: circle ? 'member' : 'peer', expires_at: iso(world, -6), servers: by_file ? [] : ['sync.example.org'], can_send: !by_file, known: spacesOf(world).some((space) => space.state === 'asked') };
}

export const spaces: Pick<Handlers, SpaceCommand> = {
  spaces_list: (world) => structuredClone(spacesOf(world).map(rowOf)),
  spaces_get: (world, id) => structuredClone(spaceOf(world, id)),
  spaces_create: (world, { kind, name, my_name, history }) => {
    mustBeWritable(world);
    if (kind === 'circle' && !name.trim()) throw apiError('invalid', 'A circle needs a name. Nothing was changed.', 'name');
    const space = make(world, kind, name.trim(), [memberOf(world, my_name, kind === 'circle' ? 'owner' : 'peer', 0, { is_me: true, safety_words: [] })], 0, { history });
    spacesOf(world).push(space);
    return changed(world, space);
  },
  spaces_rename: (world, { space, name }) => {
    mustBeWritable(world);
    const found = spaceOf(world, space);
    found.name = name.trim();
    return changed(world, found);
  },
  spaces_invite: (world, { space, role, uses, auto_approve }) => {
    mustBeWritable(world);
    const found = spaceOf(world, space);
    const made = { ...invitation(world, role, uses, found.kind), auto_approve };
    found.invites.unshift(made);
    changed(world, found);
    return structuredClone(made);
  },
  spaces_save_invite: () => null,
  spaces_withdraw_invite: (world, { space, invite }) => {
    const found = spaceOf(world, space);
    found.invites = found.invites.filter((one) => one.id !== invite);
    return changed(world, found);
  },
  spaces_approve: (world, { space, request }) => {
    const found = spaceOf(world, space);
    const asked = found.requests.find((one) => one.id === request);
    if (!asked) throw apiError('not_found', 'This request was answered meanwhile.');
    found.requests = found.requests.filter((one) => one !== asked);
    found.members.push(memberOf(world, asked.name, asked.role, 0, { can_remove: true, safety_words: asked.safety_words }));
    return changed(world, found);
  },
  spaces_decline: (world, { space, request }) => {
    const found = spaceOf(world, space);
    found.requests = found.requests.filter((one) => one.id !== request);
    return changed(world, found);
  },
  spaces_look: (world, invite) => look(world, invite.by === 'link' ? invite.link : invite.path),
  spaces_join: (world, { invite, my_name }) => {
    mustBeWritable(world);
    const seen = look(world, invite.by === 'link' ? invite.link : invite.path);
    const space = make(world, seen.kind, seen.kind === 'circle' ? 'Circle of Helen Brandt' : '', [memberOf(world, seen.by, seen.kind === 'circle' ? 'owner' : 'peer', 30)], 30, { state: 'asked', role: null, rights: { rename: false, invite: [], leave: true }, places: seen.servers });
    void my_name;
    spacesOf(world).push(space);
    space.content_readers = space.process_readers = [];
    world.changed('spaces');
    return structuredClone(space);
  },
  spaces_save_letter: () => null,
  spaces_take_letter: (world, path) => {
    if (path.includes('request')) return { was: 'request', space: spacesOf(world).at(-1)?.id ?? '', name: 'Helen Brandt' };
    if (path.includes('answer')) return { was: 'approval', space: spacesOf(world).at(-1)?.id ?? '' };
    return { was: 'invitation', invitation: look(world, path) };
  },
  spaces_leave: (world, id) => {
    mustBeWritable(world);
    const found = spaceOf(world, id);
    Object.assign(found, { state: 'left', role: null, rights: { rename: false, invite: [], leave: false }, members: found.members.filter((member) => !member.is_me), requests: [], consents: [], invites: [] });
    changed(world, found);
    return structuredClone(spacesOf(world).map(rowOf));
  },
  spaces_remove_member: (world, { space, account }) => {
    mustBeWritable(world);
    const found = spaceOf(world, space);
    found.members = found.members.filter((member) => member.account !== account);
    return changed(world, found);
  },
  spaces_change_role: (world, { space, account, role }) => {
    mustBeWritable(world);
    const found = spaceOf(world, space);
    const member = found.members.find((one) => one.account === account);
    if (member) Object.assign(member, { role, can_become: OTHERS[found.kind].filter((one) => one !== role) });
    return changed(world, found);
  },
  spaces_compare_words: (world, { space, account, same }) => {
    const found = spaceOf(world, space);
    const member = found.members.find((one) => one.account === account);
    if (member) member.compared_at = same ? world.now().toISOString() : null;
    return changed(world, found);
  },
  spaces_consent: (world, { space, id, agrees }) => {
    const found = spaceOf(world, space);
    const asked = found.consents.find((one) => one.id === id);
    found.consents = found.consents.filter((one) => one !== asked);
    if (agrees && asked) found.members.push(memberOf(world, asked.name, asked.role, 0));
    return changed(world, found);
  },
};
