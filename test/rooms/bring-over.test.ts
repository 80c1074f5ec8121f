/** E8: what becomes of the rooms of Lanyard 0.1.0. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LanyardError } from '../../main/errors.ts';
import { imported } from '../../main/events/imported.ts';
import { bodyOf } from '../../main/events/kind.ts';
import { invitation } from '../../main/events/invitation.ts';
import { message } from '../../main/events/message.ts';
import { passphrase } from '../../main/events/passphrase.ts';
import { firstConversationOf, roomIdOf } from '../../main/events/room-id.ts';
import { signedContent } from '../../main/events/event.ts';
import { sha256 } from '../../main/identity/sha256.ts';
import { verifySignature } from '../../main/identity/signatures.ts';
import type { CheckedEntry as Row } from '../../main/model/entry.ts';
import { actOf } from '../../main/policy/act.ts';
import type { Policy } from '../../main/policy/policy.ts';
import { PolicyLog } from '../../main/policy/policy-log.ts';
import { bringOver } from '../../main/rooms/bring-over.ts';
import { keptRows } from '../../main/rooms/kept-rows.ts';
import { openSqliteStorage } from '../../main/storage/sqlite-storage.ts';
import type { RoomStorage, Storage } from '../../main/storage/storage.ts';
import { testFolder } from '../storage/folder.ts';
import { writeOldDatabase } from '../storage/old-databases.ts';
import { BulletinBoard } from '../support/bulletin-board.ts';
import { findSecrets } from '../support/byte-search.ts';
import { Device } from '../support/device.ts';
import { identityOf } from '../support/identities.ts';

const [ANN, BO] = [identityOf('Ann'), identityOf('Bo')];

/** The last schema of 0.1.0. */
const LAST_OLD = 5;

/** The old database is Ann's, whose key it has. */
const KEYS = `
  UPDATE rooms SET record = replace(record, '"ann"', '"${ANN.id}"');
  UPDATE entries SET author = replace(replace(author, 'ann', '${ANN.id}'), 'bo', '${BO.id}'),
    act_on = replace(act_on, 'bo', '${BO.id}');
  UPDATE known_members SET id = CASE id WHEN 'ann' THEN '${ANN.id}' ELSE '${BO.id}' END;
`;

/** Its other room has 512 entries. */
const WITHOUT_THE_LONG = `DELETE FROM rooms WHERE id = 'room-2';`;

/** A data folder of 0.1.0, with more in its database. */
function oldFolder(more: string): string {
  const folder = testFolder();
  writeOldDatabase(join(folder, 'lanyard.db'), LAST_OLD, `${KEYS}; ${more}`);
  return folder;
}

function opened(folder: string): Storage {
  const storage = openSqliteStorage(folder);
  let isOpen = true;
  const close = () => {
    if (isOpen) storage.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...storage, close };
}

/** A data folder of 0.1.0 as it is with this Lanyard. */
async function broughtOver(more = WITHOUT_THE_LONG, identity = ANN) {
  const folder = oldFolder(more);
  const storage = opened(folder);
  await bringOver(storage, identity);
  return { folder, storage, room: (nonce: string) => roomIn(storage, nonce) };
}

function roomIn(storage: Storage, nonce: string): RoomStorage {
  return storage.rooms().find(({ record }) => record.nonce === nonce) ?? expect.unreachable();
}

function talkOf(room: RoomStorage) {
  return room.copy(firstConversationOf(room.record.id, sha256)).after(0, 10_000);
}

function rowsOf(room: RoomStorage): readonly Row[] {
  return keptRows(room).before(Infinity, 10_000).rows;
}

/** What holds in a room. */
function policyOf(room: RoomStorage): Policy {
  const log = new PolicyLog(room.record.founder);
  for (const entry of room.copy(room.record.id).after(0, 10_000)) log.add(actOf(entry));
  return log.policy;
}

/** Statements that add a hosted room with these rules, and nothing said in it. */
function hostedRoom(nonce: string, record: object, rules: object | null, secret: object | null) {
  const all = {
    id: nonce,
    name: 'Other',
    hosted: true,
    active: false,
    port: null,
    addresses: [],
    you: ANN.id,
    hostKey: ANN.id,
    ownName: 'Ann',
    read: 0,
    ...record,
  };
  const kept = [rules, secret].map((it) => (it === null ? 'NULL' : `'${JSON.stringify(it)}'`));
  return `
    ${WITHOUT_THE_LONG}
    INSERT INTO rooms (id, record, epoch, last) VALUES ('${nonce}', '${JSON.stringify(all)}', 'e', 0);
    INSERT INTO hubs VALUES (last_insert_rowid(), ${kept.join(', ')});
  `;
}

/** A room of Ann's that Bo was in, as his database has it. */
const JOINED = `
  UPDATE rooms SET record = replace(replace(record, '"hosted":true', '"hosted":false'),
    '"ownName":"Ann"', '"ownName":"Bo"');
`;

const RULES = { access: 'open', locked: false, slowSeconds: 0, invites: [] };

function invite(letter: string, more: object) {
  return {
    id: letter,
    hash: letter.repeat(43),
    createdAt: 1,
    expiresAt: null,
    uses: 0,
    maxUses: null,
    revoked: false,
    ...more,
  };
}

/** What there is to see, but for ids, which are others each time. */
function everythingIn(storage: Storage) {
  return storage.rooms().map((room) => rowsOf(room).map((row) => ({ ...row, id: '' })));
}

/** The same, brought over at once. */
async function wholeDatabase() {
  return everythingIn((await broughtOver('')).storage);
}

describe('what was said', () => {
  test('stands in the room of its founder, as it was, with who said it and when', async () => {
    const { room } = await broughtOver();
    const lab = room('room-1');
    expect(lab.record).toMatchObject({
      id: roomIdOf(ANN.id, 'room-1', sha256),
      founder: ANN.id,
      name: 'Lab 3',
      hosted: true,
      active: true,
      port: 47_100,
      you: ANN.id,
      ownName: 'Ann',
    });
    expect(rowsOf(lab)).toMatchObject([
      { kind: 'said', text: '今天天气不错', from: ANN.id, name: 'Ann', at: 1000, written: 990 },
      { kind: 'said', text: 'So it is', from: BO.id, name: 'Bo', at: 2000, written: 1990 },
      { kind: 'said', text: '', redacted: true, from: BO.id, name: 'Bo', at: 3000 },
      { kind: 'act', act: 'ban', on: BO.id, onName: 'Bo', from: ANN.id, name: 'Ann', at: 4000 },
    ]);
    const talk = firstConversationOf(lab.record.id, sha256);
    expect(lab.search(talk, 'so', Infinity, 9)).toMatchObject([{ seq: 2 }]);
  });

  test('is signed by the device that brought it over, with what protocol 1 had of it', async () => {
    const { room } = await broughtOver();
    const lab = room('room-1');
    expect(new Set(talkOf(lab).map(({ name }) => name))).toEqual(new Set(['Ann']));
    for (const entry of [...talkOf(lab), ...lab.copy(lab.record.id).after(0, 100)]) {
      const content = signedContent({ ...entry, room: lab.record.id }, sha256);
      expect(verifySignature(ANN.id, content, entry.signature)).toBe(true);
    }
    const bodies = talkOf(lab).map((entry) => bodyOf(imported, entry));
    expect(bodies[1]).toEqual({
      from: BO.id,
      name: 'Bo',
      written: 1990,
      signature: 'sig-2',
      id: 'id-2',
      text: 'So it is',
    });
    expect(bodies[2]).toMatchObject({ id: 'id-5', text: '', removed: true });
    expect(bodies[3]).toMatchObject({ act: { name: 'ban', on: BO.id, onName: 'Bo' } });
  });

  test('and removed has no words left, in no file', async () => {
    const words = 'plutonium sandwich';
    const { folder, storage, room } = await broughtOver(
      `${WITHOUT_THE_LONG} UPDATE entries SET text = '${words}' WHERE struck = 1`,
    );
    expect(rowsOf(room('room-1'))[2]).toMatchObject({ text: '', redacted: true });
    storage.close();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.flatMap((bytes) => findSecrets(bytes, [words, 'plutonium']))).toEqual([]);
    expect(files.flatMap((bytes) => findSecrets(bytes, ['So it is']))).not.toEqual([]);
  });

  test('and read is read', async () => {
    const { room } = await broughtOver();
    const lab = room('room-1');
    expect(lab.record.read).toBe(talkOf(lab)[0]?.id);
    const nothing = await broughtOver(
      `${WITHOUT_THE_LONG} UPDATE rooms SET record = replace(record, '"read":1', '"read":0')`,
    );
    expect(nothing.room('room-1').record.read).toBe('');
  });

  test('and waits to be sent is signed, and waits', async () => {
    const invisible = `${WITHOUT_THE_LONG} INSERT INTO outbox VALUES (3, 1, 'id-5', '\u200b', 5000, NULL, NULL);
      INSERT INTO outbox VALUES (4, 1, 'id-6', ' Hi\u00a0', 6000, NULL, NULL)`;
    const { room } = await broughtOver(invisible);
    const lab = room('room-1');
    const waiting = lab.outbox();
    expect(waiting.map(({ event }) => [bodyOf(message, event)?.text, event.written])).toEqual([
      ['Bye', 3000],
      ['Ciao', 4000],
      ['Hi', 6000],
    ]);
    for (const { event, refused } of waiting) {
      expect(refused).toBeNull();
      expect(event).toMatchObject({ room: lab.record.id, person: ANN.id });
      expect(verifySignature(ANN.id, signedContent(event, sha256), event.signature)).toBe(true);
    }
  });
});

describe('what held', () => {
  test('holds: passphrase, lock, slow mode, mute and ban', async () => {
    const { room } = await broughtOver();
    const policy = policyOf(room('room-1'));
    const open = { name: 'Lab 3', locked: true, slowSeconds: 5, idleMinutes: null };
    expect(policy.settings).toMatchObject({ ...open, access: 'passphrase', remembersDays: null });
    expect(policy.passphrase?.deed).toMatchObject({ do: 'passphrase' });
    const acts = room('room-1').copy(room('room-1').record.id).after(0, 100);
    expect(acts.flatMap((act) => bodyOf(passphrase, act) ?? [])).toEqual([
      { setup: 'setup', record: 'record' },
    ]);
    expect([policy.isMuted(BO.id), policy.banOf(BO.id) !== undefined]).toEqual([true, true]);
    expect([policy.isMuted(ANN.id), policy.banOf(ANN.id)]).toEqual([false, undefined]);
  });

  test('holds: invitations with their uses, idle limit, remembering, moderators, who is known', async () => {
    const invites = [
      invite('a', { uses: 2, maxUses: 3 }),
      invite('b', { revoked: true, uses: 7 }),
      invite('c', { expiresAt: 4_102_444_800_000 }),
    ];
    const { room } = await broughtOver(`
      ${hostedRoom('room-3', { idleMinutes: 45, remembersDays: 30 }, { ...RULES, access: 'invite', invites }, null)}
      INSERT INTO known_members SELECT room, 'cy', 'Cy', 1, 1, 0, NULL, NULL FROM rooms WHERE id = 'room-3';
      INSERT INTO known_members SELECT room, 'di', 'Di', 0, 0, 1, NULL, NULL FROM rooms WHERE id = 'room-3';
    `);
    const other = room('room-3');
    const policy = policyOf(other);
    const settings = { access: 'invite', idleMinutes: 45, remembersDays: 30, locked: false };
    expect(policy.settings).toMatchObject(settings);
    expect(policy.isModerator('cy')).toBe(true);
    expect([policy.isModerator('di'), policy.isMuted('di')]).toEqual([false, true]);
    const made = policy.invitations();
    const acts = other.copy(other.record.id).after(0, 100);
    expect(acts.flatMap((act) => bodyOf(invitation, act) ?? [])).toEqual([
      { hash: 'a'.repeat(43), maxUses: 3, expiresAt: null },
      { hash: 'c'.repeat(43), maxUses: null, expiresAt: 4_102_444_800_000 },
    ]);
    expect(other.hub.inviteUses().toSorted((a, b) => b.uses - a.uses)).toEqual([
      { invitation: made[0]?.id, uses: 2 },
      { invitation: made[1]?.id, uses: 0 },
    ]);
    expect(other.hub.known().toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: 'cy', name: 'Cy', admitted: true },
      { id: 'di', name: 'Di', admitted: false },
    ]);
  });

  test.for([
    ['a passphrase without its record', null],
    ['a passphrase with a record that is none', { setup: '', record: 'record' }],
  ] as const)('%s: nobody comes in without being invited', async ([, secret]) => {
    const { room } = await broughtOver(
      hostedRoom('room-3', {}, { ...RULES, access: 'passphrase' }, secret),
    );
    expect(policyOf(room('room-3')).settings.access).toBe('invite');
  });

  test('holds also where one of the rules is none any more', async () => {
    const { room } = await broughtOver(
      hostedRoom(
        'room-3',
        { name: ' Bad\u202e  name', idleMinutes: 0.5, remembersDays: 30 },
        { ...RULES, access: 'invite', locked: true, slowSeconds: 99_999_999 },
        null,
      ),
    );
    const settings = { access: 'invite', locked: true, remembersDays: 30, slowSeconds: 0 };
    expect(policyOf(room('room-3')).settings).toMatchObject(settings);
  });

  test('from before there were rules: the room is open', async () => {
    const { room } = await broughtOver(hostedRoom('room-3', {}, null, null));
    expect(policyOf(room('room-3')).settings).toMatchObject({ name: 'Other', access: 'open' });
  });
});

describe('a room', () => {
  test('is opened and joined again: what the host brought over takes the place of the copies', async () => {
    const board = new BulletinBoard();
    const host = await broughtOver(`UPDATE hubs SET rules = NULL; DELETE FROM known_members;
      DELETE FROM outbox; DELETE FROM rooms WHERE id <> 'room-1'`);
    // Bo was away when the last thing was said, and has heard something else instead of another.
    const member = await broughtOver(
      `${JOINED}; DELETE FROM rooms WHERE id <> 'room-1'; DELETE FROM entries WHERE seq > 3;
       UPDATE entries SET text = 'only here' WHERE seq = 1; DELETE FROM outbox WHERE id <> 'id-3'`,
      BO,
    );
    const kept = member.room('room-1');
    expect(kept.record).toMatchObject({ hosted: false, founder: ANN.id, you: BO.id });
    expect(kept.record.id).toBe(host.room('room-1').record.id);
    expect(kept.copy(kept.record.id).after(0, 9)).toEqual([]);
    expect(rowsOf(kept)).toMatchObject([
      { text: 'only here', from: ANN.id, name: 'Ann' },
      { text: 'So it is', from: BO.id },
      { redacted: true },
    ]);

    const ann = new Device('Ann', board, { storage: host.storage, identity: ANN });
    const bo = new Device('Bo', board, { storage: member.storage, identity: BO });
    await ann.rooms.restore();
    await bo.rooms.restore();
    const [hosted, joined] = [ann, bo].map((device) => device.rooms.views()[0]?.key ?? '');
    const { entries } = await bo.untilSaid(joined ?? '', 'Bye');
    expect(entries).toMatchObject([
      { text: '今天天气不错', name: 'Ann', from: ANN.id },
      { text: 'So it is', name: 'Bo', from: BO.id },
      { redacted: true, name: 'Bo' },
      { act: 'ban', onName: 'Bo', name: 'Ann' },
      { text: 'Bye', name: 'Bo', from: BO.id },
    ]);
    expect(entries.some(({ doubt }) => doubt !== undefined)).toBe(false);
    const inside = bo.rooms.get(joined ?? '');
    expect([ANN.id, BO.id].map((id) => inside.nameOf(id))).toEqual(['Ann', 'Bo']);
    expect((await ann.untilSaid(hosted ?? '', 'Bye')).entries).toEqual(entries);
    expect(ann.view(hosted ?? '').info).toMatchObject({ name: 'Lab 3', access: 'open' });
  });

  test('of nobody knows whom stays aside', async () => {
    const { storage } = await broughtOver(`${JOINED};
      UPDATE rooms SET record = replace(record, '"hostKey":"${ANN.id}"', '"hostKey":null') WHERE id = 'room-2'`);
    expect(storage.rooms().map(({ record }) => record.nonce)).toEqual(['room-1']);
    expect(storage.old.rooms().map(({ id }) => id)).toEqual(['room-2']);
  });

  test('that is brought over is gone from where it was, and stays as it is', async () => {
    const { folder, storage } = await broughtOver(WITHOUT_THE_LONG);
    expect(storage.old.rooms()).toEqual([]);
    const before = storage.rooms().map((room) => talkOf(room));
    await bringOver(storage, ANN);
    expect(storage.rooms().map((room) => talkOf(room))).toEqual(before);
    storage.close();
    const database = new DatabaseSync(join(folder, 'lanyard.db'), { readOnly: true });
    for (const table of ['rooms', 'entries', 'known_members', 'rules', 'outbox']) {
      const row = database.prepare(`SELECT count(*) AS n FROM old_${table}`).get();
      expect([table, row?.['n']]).toEqual([table, 0]);
    }
    database.close();
  });
});

describe('what was interrupted', () => {
  test('by a disk that is full leaves no half room, and begins anew', async () => {
    const storage = opened(oldFolder(''));
    const full = new LanyardError({ code: 'storage-full' });
    let batches = 0;
    const failing: Storage = {
      ...storage,
      old: {
        rooms: () => storage.old.rooms(),
        drop: (id) => storage.old.drop(id),
        entries(id, seq, limit) {
          batches += 1;
          if (seq >= 400) throw full;
          return storage.old.entries(id, seq, limit);
        },
      },
    };
    await expect(bringOver(failing, ANN)).rejects.toBe(full);
    expect(batches).toBeGreaterThan(3);
    expect(storage.rooms().map(({ record }) => record.nonce)).toEqual(['room-1']);
    expect(storage.old.rooms().map(({ id }) => id)).toEqual(['room-2']);
    await bringOver(storage, ANN);
    expect(everythingIn(storage)).toEqual(await wholeDatabase());
  });

  test('by the end of the process begins anew', async () => {
    const folder = oldFolder('');
    const program = join(import.meta.dirname, 'bring-over-program.ts');
    const { certificate, privateKey } = ANN;
    const ran = spawnSync(process.execPath, [program, folder, certificate, privateKey]);
    expect([ran.signal, ran.stderr.toString()]).toEqual(['SIGKILL', '']);
    const storage = opened(folder);
    expect(talkOf(roomIn(storage, 'room-2'))).toHaveLength(400);
    await bringOver(storage, ANN);
    expect(storage.old.rooms()).toEqual([]);
    expect(everythingIn(storage)).toEqual(await wholeDatabase());
  });
});
