// @ts-check

const HOW = 'docs/operations.md says how to install its libraries';

/**
 * What is wrong with the providers of a machine.
 *
 * @param {import('./checkProviders.mjs').ProviderLine[]} lines
 * @param {string[]} asked providers that must be there
 * @returns {{ failures: string[], missing?: string }} answers that are not the exact ones and checks that did not
 *   come to an end; and the provider that is asked for and not there
 */
export function verdictOn(lines, asked) {
  const failures = lines.flatMap((line) => {
    if (line.state === 'checked')
      return line.golden.failures.map((failure) => `${line.provider}: ${failure}`);
    return line.state === 'broken' ? [`${line.provider}: ${line.reason}`] : [];
  });
  const absent = lines.find(({ provider, state }) => state === 'absent' && asked.includes(provider));
  if (absent?.state !== 'absent') return { failures };
  return { failures, missing: `${absent.provider} is not available: ${absent.reason}; ${HOW}.` };
}
