// @ts-check

/** Items of one page; the most that the api gives. */
const PAGE = 100;

/**
 * Everything on a paged list.
 *
 * @param {import('../demo/openApi.mjs').Api} api
 * @param {string} path
 * @returns {Promise<any[]>}
 */
export async function listAll(api, path) {
  const items = [];
  let cursor = '';
  do {
    const page = await api.json('GET', `${path}?limit=${PAGE}${cursor && `&cursor=${cursor}`}`);
    items.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor);
  return items;
}
