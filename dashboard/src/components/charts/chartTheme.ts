/** The colours of the page, as a canvas needs them: resolved. */
export interface ChartTheme {
  page: string;
  surface: string;
  text: string;
  muted: string;
  faint: string;
  line: string;
  accent: string;
  danger: string;
  chartLine: string;
  hover: string;
  /** For overlays, in order; told apart in both themes. */
  series: string[];
  font: string;
}

const SERIES = 6;

/** Reads the tokens through an element, which resolves `light-dark()` as plain custom properties do not. */
export function readChartTheme(host: HTMLElement): ChartTheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const theme: ChartTheme = {
    page: colour('page'),
    surface: colour('surface'),
    text: colour('text'),
    muted: colour('muted'),
    faint: colour('faint'),
    line: colour('line'),
    accent: colour('accent'),
    danger: colour('danger'),
    chartLine: colour('chart-line'),
    hover: colour('hover'),
    series: Array.from({ length: SERIES }, (_, index) => colour(`series-${index + 1}`)),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return theme;
}
