// @ts-check

/** @typedef {import('../../demo/makeAdapter.mjs').ModuleShape} ModuleShape */
/**
 * @typedef {object} FleetClient
 * @property {string} name of the client and of its folder
 * @property {number} rank
 * @property {number} examples it trained on
 */
/**
 * @typedef {object} Fleet clients whose adapters lie on the disk, as PEFT's save_pretrained writes them
 * @property {string} root the folder above theirs
 * @property {ModuleShape[]} modules
 * @property {FleetClient[]} clients
 * @property {string[]} folders of the clients, in order
 * @property {number[]} weights w_k = n_k / Σ n_j
 * @property {number} stackedRank r = Σ r_k
 * @property {number} bytes of all factors, float16
 */

/** Bytes of a float16. */
const ELEMENT_BYTES = 2;

/**
 * @param {string} root
 * @param {ModuleShape[]} modules
 * @param {FleetClient[]} clients
 * @returns {Fleet}
 */
export function toFleet(root, modules, clients) {
  const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);
  const examples = sum(clients.map((client) => client.examples));
  const stackedRank = sum(clients.map(({ rank }) => rank));
  return {
    root,
    modules,
    clients,
    folders: clients.map(({ name }) => `${root}/${name}`),
    weights: clients.map((client) => client.examples / examples),
    stackedRank,
    bytes: sum(modules.map(({ shape: [m, n] }) => ELEMENT_BYTES * stackedRank * (m + n))),
  };
}
