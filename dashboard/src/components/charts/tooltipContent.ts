export type TooltipRow = readonly [label: string, value: string, colour?: string];

/** A titled list of figures as an element: texts are set, never parsed. */
export function tooltipContent(title: string, rows: readonly TooltipRow[]): HTMLElement {
  const box = document.createElement('div');
  const head = document.createElement('div');
  head.textContent = title;
  head.className = 'font-medium max-w-80 truncate';
  box.append(head);
  const list = document.createElement('div');
  list.className = 'mt-1 grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 figures text-xs';
  for (const [label, value, colour] of rows) {
    const name = document.createElement('span');
    name.className = 'text-muted flex items-center gap-1.5';
    if (colour !== undefined) {
      const swatch = document.createElement('span');
      swatch.className = 'inline-block size-2 rounded-full shrink-0';
      swatch.style.background = colour;
      name.append(swatch);
    }
    name.append(label);
    const figure = document.createElement('span');
    figure.className = 'text-right';
    figure.textContent = value;
    list.append(name, figure);
  }
  box.append(list);
  return box;
}
