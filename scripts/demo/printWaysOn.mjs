// @ts-check
import { relative } from 'node:path';
import { colours } from '../terminal/colours.mjs';

/**
 * What to try next, while the service stays up.
 *
 * @param {import('../service/startService.mjs').Service} service
 * @param {string} path of the round
 */
export function printWaysOn({ url, dashboardUrl, operator }, path) {
  const { bold, cyan, dim } = colours();
  const token = operator.path
    ? `$(cat ${relative(process.cwd(), operator.path)})`
    : '$FLORIST_OPERATOR_TOKEN';
  const lines = [
    bold('The service stays up until Ctrl-C'),
    '',
    ...(dashboardUrl ? [`  ${dim('Dashboard')}  ${cyan(dashboardUrl)}`] : []),
    `  ${dim('API')}        ${cyan(url)}   ${dim('documented at')} ${cyan(`${url}/docs`)}`,
    '',
    `  ${dim('Fetch what was published, ready for PeftModel.from_pretrained:')}`,
    `  TOKEN=${token}; URL=${url}${path}`,
    '  curl -H "Authorization: Bearer $TOKEN" -O $URL/adapter/adapter_model.safetensors',
    '  curl -H "Authorization: Bearer $TOKEN" -O $URL/adapter/adapter_config.json',
    '',
  ];
  process.stdout.write(`\n${lines.join('\n')}`);
}
