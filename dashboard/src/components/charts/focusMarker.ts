import { graphic } from 'echarts/core';
import type { ChartTheme } from './chartTheme.ts';
import type { EChartsType } from './echarts.ts';

/** Above the canvas that holds the other curves, so that those are not painted again. */
const ZLEVEL = 2;

type Pixel = [x: number, y: number];

export interface FocusMarker {
  show: (theme: ChartTheme, curve: readonly Pixel[], mark: Pixel | undefined, text: string) => void;
  hide: () => void;
}

/** One curve and its mark, drawn past ECharts: following the pointer must not lay hundreds of curves out anew. */
export function focusMarker(chart: EChartsType): FocusMarker {
  const line = new graphic.Polyline({ silent: true, zlevel: ZLEVEL, style: { lineWidth: 2, fill: 'none' } });
  const dot = new graphic.Circle({ silent: true, zlevel: ZLEVEL, shape: { r: 4 } });
  const label = new graphic.Text({ silent: true, zlevel: ZLEVEL });
  const parts = [line, dot, label];
  const canvas = chart.getZr();
  for (const part of parts) {
    part.hide();
    canvas.add(part);
  }
  return {
    show: (theme, curve, mark, text) => {
      line.setShape({ points: curve.map(([x, y]) => [x, y]) });
      line.setStyle({ stroke: theme.text });
      line.show();
      if (mark === undefined) {
        dot.hide();
        label.hide();
        return;
      }
      dot.setShape({ cx: mark[0], cy: mark[1] });
      dot.setStyle({ fill: theme.text });
      dot.show();
      label.setStyle({
        ...{ x: mark[0] + 8, y: mark[1] + 5, text, font: `11px ${theme.font}`, fill: theme.text },
        ...{ stroke: theme.surface, lineWidth: 3 },
      });
      label.show();
    },
    hide: () => {
      for (const part of parts) {
        part.hide();
      }
    },
  };
}
