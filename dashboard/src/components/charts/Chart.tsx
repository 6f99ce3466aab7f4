'use client';

import type { EChartsCoreOption } from 'echarts/core';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from 'react';
import { THEME_EVENT } from '#lib/theme/theme.ts';
import { type ChartTheme, readChartTheme } from './chartTheme.ts';
import { type EChartsType, init } from './echarts.ts';

/** What was attached to a chart. */
export interface Attachment {
  detach: () => void;
  /** Called after the chart was drawn anew, for what lies on top of it. */
  drawn?: () => void;
}

/** Pixels of the canvas. */
export interface ChartSize {
  width: number;
  height: number;
}

export interface ChartProps {
  /** What the chart shows, for those who do not see it. */
  label: string;
  /** Pixels; reserved before the chart is drawn. */
  height: number;
  /** Everything drawn, at the size it is drawn at. Must keep its identity while nothing changes. */
  option: (theme: ChartTheme, size: ChartSize) => EChartsCoreOption;
  /** Light marks that follow the pointer: merged into what is drawn without laying it out anew. */
  overlay?: ((theme: ChartTheme, size: ChartSize) => EChartsCoreOption) | undefined;
  /** Called once with the chart, to listen to its pointer. */
  attach?: (chart: EChartsType, theme: () => ChartTheme) => Attachment;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

/** One canvas of ECharts that keeps to its box and to the theme. */
export function Chart({ label, height, option, overlay, attach, onKeyDown }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const theme = useRef<ChartTheme>(undefined);
  const attachment = useRef<Attachment>(undefined);

  const draw = useEffectEvent(() => {
    if (theme.current !== undefined && chart.current !== undefined) {
      const drawn = option(theme.current, sizeOf(chart.current));
      chart.current.setOption({ ...defaults(theme.current), ...drawn }, { notMerge: true });
      drawOverlay();
      attachment.current?.drawn?.();
    }
  });
  const drawOverlay = useEffectEvent(() => {
    if (theme.current !== undefined && chart.current !== undefined && overlay !== undefined) {
      chart.current.setOption(overlay(theme.current, sizeOf(chart.current)), { lazyUpdate: false });
    }
  });
  const listen = useEffectEvent((made: EChartsType, host: HTMLElement) =>
    attach?.(made, () => theme.current ?? readChartTheme(host)),
  );

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return;
    }
    const made = init(element, null, { renderer: 'canvas' });
    chart.current = made;
    theme.current = readChartTheme(element);
    attachment.current = listen(made, element);
    const repaint = () => {
      theme.current = readChartTheme(element);
      draw();
    };
    const resize = new ResizeObserver(() => {
      const { width, height } = sizeOf(made);
      made.resize();
      if (made.getWidth() !== width || made.getHeight() !== height) {
        draw();
      }
    });
    resize.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    document.addEventListener(THEME_EVENT, repaint);
    document.fonts.ready.then(() => !made.isDisposed() && repaint());
    return () => {
      document.removeEventListener(THEME_EVENT, repaint);
      scheme.removeEventListener('change', repaint);
      resize.disconnect();
      attachment.current?.detach();
      attachment.current = undefined;
      made.dispose();
      chart.current = undefined;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the option is what the effect draws
  useEffect(() => draw(), [option]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise the overlay
  useEffect(() => drawOverlay(), [overlay]);

  const box = { 'aria-label': label, className: 'w-full', style: { height } };
  return onKeyDown === undefined ? (
    <div ref={host} role="img" {...box} />
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard
    <div ref={host} role="application" tabIndex={0} onKeyDown={onKeyDown} {...box} />
  );
}

function sizeOf(chart: EChartsType): ChartSize {
  return { width: chart.getWidth(), height: chart.getHeight() };
}

function defaults(theme: ChartTheme): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.muted, fontSize: 11 },
  };
}
