'use client';

import { Download } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { buttonClasses } from '#components/ui/Button.tsx';
import { Code } from '#components/ui/Code.tsx';
import { Panel } from '#components/ui/Panel.tsx';
import type { Adapter } from '#lib/api/types.ts';
import { curlLines, pythonLines } from '#lib/federation/fetchLines.ts';

interface FetchPanelProps {
  apiUrl: string;
  federation: string;
  round: number;
  adapter: Adapter;
}

/** How to get the adapter on view: by hand, from a shell, from Python. */
export function FetchPanel({ apiUrl, federation, round, adapter }: FetchPanelProps) {
  const address = { apiUrl, federation, round, adapter: adapter.current ? undefined : adapter.id };
  const base = `/api/v1/federations/${federation}/rounds/${round}/adapter`;
  return (
    <Panel
      title="Fetch the adapter"
      hint={`${adapter.id}, ready for PEFT as it is`}
      actions={
        <>
          <a
            href={`${base}/adapter_model.safetensors?adapter=${adapter.id}`}
            download="adapter_model.safetensors"
            className={buttonClasses('primary')}
          >
            <Download size={14} aria-hidden="true" />
            Adapter
          </a>
          <a
            href={`${base}/adapter_config.json?adapter=${adapter.id}`}
            download="adapter_config.json"
            className={buttonClasses('secondary')}
          >
            Config
          </a>
        </>
      }
    >
      <Tabs.Root defaultValue="curl">
        <Tabs.List aria-label="How to fetch it" className="mb-2 flex gap-1">
          <Tab value="curl">curl</Tab>
          <Tab value="python">Python</Tab>
        </Tabs.List>
        <Tabs.Content value="curl">
          <Code name="curl lines" text={curlLines(address)} />
        </Tabs.Content>
        <Tabs.Content value="python">
          <Code name="Python lines" text={pythonLines(address)} />
        </Tabs.Content>
      </Tabs.Root>
    </Panel>
  );
}

function Tab({ value, children }: { value: string; children: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="h-7 rounded-md px-2.5 text-xs text-muted hover:text-text data-[state=active]:bg-hover data-[state=active]:font-medium data-[state=active]:text-text pointer-coarse:h-10 pointer-coarse:px-4"
    >
      {children}
    </Tabs.Trigger>
  );
}
