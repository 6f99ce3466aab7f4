// @ts-check

/**
 * Signs in by the form, as a person does.
 * @param {import('playwright-core').Page} page
 * @param {string} dashboardUrl
 * @param {string} token
 */
export async function signIn(page, dashboardUrl, token) {
  await page.goto(`${dashboardUrl}/sign-in`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
