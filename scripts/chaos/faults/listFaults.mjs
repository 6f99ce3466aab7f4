// @ts-check
import { connectRedis } from '../../../storage/dist/redis/connectRedis.js';

/**
 * @typedef {object} Fault
 * @property {string} name
 * @property {'blobs' | 'redis'} [part] that /readyz must name; without one it may be ready
 * @property {string[]} codes with which the api may refuse a submission meanwhile
 * @property {boolean} whileSending whether it can begin while an upload is under way
 * @property {boolean} answers whether the api can answer a submission while it lasts, however short that is
 * @property {() => Promise<void>} begin
 * @property {() => Promise<void>} end
 */

/** As little as makes every write too much, in bytes. */
const MEMORY_MIN = '1';
/** No bound. */
const MEMORY_ANY = '0';

const SLOW_DISK = 'a slow disk';
const FULL_DISK = 'a full disk';
const READ_ONLY_DISK = 'a disk that can only be read';

/**
 * Everything that can be taken away from the service.
 *
 * @param {import('../stage/openStage.mjs').Stage} stage
 * @param {import('./openRoom.mjs').Room | undefined} room in which the blobs lie
 * @returns {{ faults: Fault[], skipped: string[] }} skipped: what this machine does not let us take away, and why
 */
export function listFaults({ redis }, room) {
  const whenMounted = room === undefined ? [] : faultsOfRoom(room);
  const unseen = [
    ...(room?.door === undefined ? [SLOW_DISK] : []),
    ...(room === undefined ? [FULL_DISK, READ_ONLY_DISK] : []),
  ];
  return {
    faults: [
      ...whenMounted,
      {
        name: 'Redis without memory',
        part: 'redis',
        codes: ['service_unavailable'],
        whileSending: true,
        answers: true,
        begin: () => setMemory(redis.url, MEMORY_MIN),
        end: () => setMemory(redis.url, MEMORY_ANY),
      },
      {
        name: 'Redis that says nothing',
        part: 'redis',
        codes: ['service_unavailable'],
        whileSending: true,
        answers: false,
        begin: async () => redis.signal('SIGSTOP'),
        end: async () => redis.signal('SIGCONT'),
      },
      {
        name: 'Redis that is gone',
        part: 'redis',
        codes: ['service_unavailable'],
        whileSending: true,
        answers: false,
        begin: async () => redis.hold(),
        end: async () => redis.release(),
      },
    ],
    skipped: unseen.map((name) => `${name}: this process may not mount a file system`),
  };
}

/**
 * @param {import('./openRoom.mjs').Room} room
 * @returns {Fault[]}
 */
const faultsOfRoom = (room) => [
  ...(room.door === undefined ? [] : [faultOfDoor(room.door)]),
  {
    name: FULL_DISK,
    part: 'blobs',
    codes: ['storage_full'],
    whileSending: true,
    answers: true,
    begin: room.fill,
    end: room.empty,
  },
  {
    name: READ_ONLY_DISK,
    part: 'blobs',
    codes: ['service_unavailable'],
    // what an upload has begun to write keeps the file system from being made read-only
    whileSending: false,
    answers: true,
    begin: () => room.remount('ro'),
    end: () => room.remount('rw'),
  },
];

/**
 * @param {import('./openDoor.mjs').Door} door
 * @returns {Fault}
 */
const faultOfDoor = (door) => ({
  name: SLOW_DISK,
  codes: ['service_unavailable'],
  whileSending: true,
  answers: false,
  begin: door.slow,
  end: door.swift,
});

/**
 * @param {string} url
 * @param {string} bytes
 */
async function setMemory(url, bytes) {
  const redis = connectRedis(url, { onError: () => {} });
  await redis.config('SET', 'maxmemory', bytes);
  redis.disconnect();
}
