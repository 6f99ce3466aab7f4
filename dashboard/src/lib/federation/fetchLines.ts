/** Which adapter the lines fetch; the current one where none is named. */
export interface FetchAddress {
  apiUrl: string;
  federation: string;
  round: number;
  adapter: string | undefined;
}

const FILES = ['adapter_config.json', 'adapter_model.safetensors'] as const;

function base({ apiUrl, federation, round }: FetchAddress): string {
  return `${apiUrl}/v1/federations/${federation}/rounds/${round}/adapter`;
}

const query = ({ adapter }: FetchAddress) => (adapter === undefined ? '' : `?adapter=${adapter}`);

/** Shell lines that put an adapter into a folder, resuming what was interrupted. */
export function curlLines(address: FetchAddress): string {
  const folder = `${address.federation}-round-${address.round}`;
  return [
    `mkdir -p ${folder}`,
    ...FILES.map(
      (file) =>
        `curl -f -C - -H "Authorization: Bearer $FLORIST_TOKEN" -o ${folder}/${file} \\\n  '${base(address)}/${file}${query(address)}'`,
    ),
  ].join('\n');
}

/** Python lines that fetch an adapter and load it with PEFT. */
export function pythonLines(address: FetchAddress): string {
  const folder = `${address.federation}-round-${address.round}`;
  const suffix = query(address);
  return [
    'import os, pathlib, urllib.request',
    'from peft import PeftModel',
    '',
    `folder = pathlib.Path("${folder}")`,
    'folder.mkdir(exist_ok=True)',
    `for name in ${JSON.stringify(FILES).replaceAll(',', ', ')}:`,
    '    request = urllib.request.Request(',
    `        f"${base(address)}/{name}${suffix}",`,
    '        headers={"Authorization": f"Bearer {os.environ[\'FLORIST_TOKEN\']}"},',
    '    )',
    '    with urllib.request.urlopen(request) as answer, open(folder / name, "wb") as file:',
    '        while chunk := answer.read(1 << 20):',
    '            file.write(chunk)',
    '',
    'model = PeftModel.from_pretrained(base_model, folder).merge_and_unload()',
  ].join('\n');
}

/** A shell line that submits as a client. */
export function submitLine(address: {
  apiUrl: string;
  federation: string;
  client: string;
  token: string;
}): string {
  const { apiUrl, federation, client, token } = address;
  return [
    `curl -f -X PUT ${apiUrl}/v1/federations/${federation}/rounds/latest/submissions/${client} \\`,
    `  -H "Authorization: Bearer ${token}" \\`,
    '  -F num_examples=1000 -F config=@adapter_config.json -F adapter=@adapter_model.safetensors',
  ].join('\n');
}
