import { graphic } from 'echarts/core';
import type { EChartsType } from './echarts.ts';

/** The box of the plot inside the chart, in pixels. */
export interface PlotBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface FaintInput {
  box: PlotBox;
  colour: string;
  opacity: number;
  /** How many curves there are. */
  count: number;
  /** Position across the plot of each point, 0 to 1. */
  across: readonly number[];
  /** Position up the plot, 0 to 1, of a curve's point; undefined where the curve ends. */
  up: (curve: number, at: number) => number | undefined;
}

export interface FaintCurves {
  draw: (input: FaintInput) => void;
  remove: () => void;
}

/**
 * Hundreds of curves as one picture behind the chart. As a series each change of anything would lay them out
 * again; as a picture they are painted once, in a few milliseconds, and only when they change.
 */
export function faintCurves(chart: EChartsType): FaintCurves {
  const canvas = document.createElement('canvas');
  const picture = new graphic.Image({ silent: true, z: 0, style: { image: canvas } });
  chart.getZr().add(picture);
  return {
    draw: ({ box, colour, opacity, count, across, up }) => {
      const scale = window.devicePixelRatio;
      canvas.width = Math.max(1, Math.round(box.width * scale));
      canvas.height = Math.max(1, Math.round(box.height * scale));
      const pen = canvas.getContext('2d');
      if (pen === null) {
        return;
      }
      pen.scale(scale, scale);
      pen.strokeStyle = colour;
      pen.globalAlpha = opacity;
      pen.lineWidth = 1;
      for (let curve = 0; curve < count; curve++) {
        pen.beginPath();
        for (const [at, x] of across.entries()) {
          const y = up(curve, at);
          if (y === undefined) {
            break;
          }
          pen.lineTo(x * box.width, (1 - y) * box.height);
        }
        pen.stroke();
      }
      const { left: x, top: y, width, height } = box;
      picture.setStyle({ image: canvas, x, y, width, height });
      picture.dirty();
    },
    remove: () => chart.getZr().remove(picture),
  };
}
