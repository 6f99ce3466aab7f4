// @ts-check

/** What would make a test depend on the shell it was started from: settings of Florist, and npm's of its parent. */
const FOREIGN =
  /^(FLORIST_|TAP_?|npm_)|^(HOST|PORT|DASHBOARD_PORT|REDIS_URL|LOG_LEVEL|NODE_ENV|NODE_OPTIONS)$/;

/**
 * What to add to the environment of a check: the same wherever it runs.
 *
 * @returns {Record<string, string | undefined>} undefined removes a variable
 */
export const cleanEnvironment = () => ({
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => FOREIGN.test(name) && name !== 'FLORIST_VENV')
      .map((name) => [name, undefined]),
  ),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
});
