import t from 'tap';
import { FairQueue, type Party } from '../../../src/uploads/slots/fairQueue.js';

const LIMITS = { slots: 1, waiting: 100, waitingOfClient: 100, waitMs: 60_000 };
const HERE = new AbortController().signal;

/** Work that goes on until it is told to end; `order` has the names of those who began, in turn. */
function workshop(queue: FairQueue) {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const send = (federation: string, client: string, gone = HERE) => {
    const party: Party = { federation, client };
    return queue.within(party, gone, async () => {
      order.push(`${federation}/${client}`);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const finishOne = async () => {
    await settle();
    ends.shift()?.();
    await settle();
  };
  return { order, send, finishOne, settle };
}

t.test('goes round federations and their clients, however much one asks for', async (t) => {
  const { order, send, finishOne } = workshop(new FairQueue(LIMITS));
  const sent = Array.from({ length: 4 }, () => send('a', 'flood'));
  sent.push(send('a', 'quiet'), send('b', 'one'), send('b', 'two'), send('c', 'late'));
  for (let i = 0; i < sent.length; i++) await finishOne();
  await Promise.all(sent);
  t.same(order, [
    'a/flood', // it came first, and nobody waited
    ...['a/flood', 'b/one', 'c/late', 'a/quiet', 'b/two'],
    ...['a/flood', 'a/flood'],
  ]);
});

t.test('a client holds half of the slots at most', async (t) => {
  const queue = new FairQueue({ ...LIMITS, slots: 4 });
  const { order, send, finishOne, settle } = workshop(queue);
  const sent = Array.from({ length: 4 }, () => send('a', 'flood'));
  await settle();
  t.same([queue.taken, queue.waiting], [2, 2]);
  sent.push(send('a', 'quiet'));
  await settle();
  t.equal(order.at(-1), 'a/quiet', 'who comes later is not kept waiting by those who may not');
  for (let i = 0; i < sent.length; i++) await finishOne();
  await Promise.all(sent);
  t.same([queue.taken, queue.waiting], [0, 0]);
});

t.test('turns away when too many wait, or too long, and forgets who has gone', async (t) => {
  const queue = new FairQueue({ ...LIMITS, waiting: 3, waitingOfClient: 2, waitMs: 30 });
  const { send, finishOne } = workshop(queue);
  const first = send('a', 'x');
  const late = [send('a', 'x'), send('a', 'x')];
  await t.rejects(send('a', 'x'), { code: 'service_unavailable' });
  const gone = new AbortController();
  const left = send('a', 'y', gone.signal);
  await t.rejects(send('b', 'z'), { code: 'service_unavailable' });
  gone.abort();
  await t.rejects(left, { code: 'request_invalid' });
  t.equal(queue.waiting, 2);
  for (const one of late) await t.rejects(one, { code: 'service_unavailable' });
  await finishOne();
  await first;
  t.same([queue.taken, queue.waiting], [0, 0]);
});

t.test('a slot is free again when the work fails', async (t) => {
  const queue = new FairQueue(LIMITS);
  const failing = queue.within({ federation: 'a', client: 'x' }, HERE, async () => {
    throw new Error('broke');
  });
  await t.rejects(failing, { message: 'broke' });
  t.equal(queue.taken, 0);
});
