import { connect } from 'node:net';

/** A redis-server that takes longer than this for one PING is not ready. */
const PING_MS = 1_000;

/** Whether the redis-server on a loopback port accepts the password and answers; not while it still loads. */
export function ping(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let reply = '';
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(PING_MS, () => settle(false));
    socket.setEncoding('utf8');
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (text: string) => {
      reply += text;
      const lines = reply.split('\r\n');
      if (lines.length > 2) settle(lines[0] === '+OK' && lines[1] === '+PONG');
    });
  });
}
