import type { ChartTheme } from './chartTheme.ts';

/** The plot keeps to the margins it is given, so that what is drawn past ECharts, or stands below, lines up. */
export const EXACT = { outerBoundsMode: 'none' } as const;

/** Looks that all axes share; the name says quantity and unit. */
export function axis(theme: ChartTheme, name: string, nameGap: number) {
  return {
    name,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: theme.muted, fontSize: 11 },
    axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: theme.line, width: 1, opacity: 0.7 } },
    minorSplitLine: { show: false },
  };
}

/** Looks of the box under the pointer; its content is an element, so that names can hold anything. */
export function tooltip(theme: ChartTheme) {
  return {
    backgroundColor: theme.surface,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: theme.text, fontSize: 12, fontFamily: theme.font },
    extraCssText: 'box-shadow: var(--shadow); border-radius: 6px; z-index: 20;',
    transitionDuration: 0,
    confine: true,
  };
}
