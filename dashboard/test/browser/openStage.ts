import type { Test } from 'tap';
import { openBrowser } from '../../tools/browser/openBrowser.mjs';
import { signIn } from '../../tools/browser/signIn.mjs';
import { apiCaller } from '../../tools/seed/apiCaller.mjs';
import { OPERATOR_TOKEN, startStack } from '../../tools/stack/startStack.mjs';

/** Every process of the service, and a browser that is signed in on demand. */
export async function openStage(t: Test, options: { worker?: boolean } = {}) {
  const stack = await startStack(options);
  t.teardown(() => stack.stop());
  const browser = await openBrowser();
  t.teardown(() => browser.close());
  const { call, submit } = apiCaller(stack.apiUrl, OPERATOR_TOKEN);

  /** A fresh page of a fresh browser profile; faults of its scripts fail the test. */
  const newPage = async (token?: string, context: Parameters<typeof browser.newContext>[0] = {}) => {
    const opened = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce', // without a graphics processor every frame is drawn by the cores that the tests need
      ...context,
    });
    const page = await opened.newPage();
    page.on('pageerror', (error) =>
      t.fail(`a script of the page failed: ${error.message}`, { stack: error.stack }),
    );
    page.on('console', (message) => {
      if (/Content Security Policy|Hydration failed/i.test(message.text())) {
        t.fail(message.text());
      }
    });
    if (token !== undefined) {
      await signIn(page, stack.dashboardUrl, token);
    }
    return page;
  };
  return { ...stack, browser, call, submit, newPage };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
