/** Runs what it is given one after another, in the order of the calls, whether the one before failed or not. */
export type Turns = <T>(act: () => Promise<T>) => Promise<T>;

export function inTurn(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const own = last.then(act);
    last = own.catch(() => {});
    return own;
  };
}
