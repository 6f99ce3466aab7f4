/** A box beside the pointer that is filled and moved without drawing anything else. */
export interface FloatingTip {
  show: (x: number, y: number, content: HTMLElement) => void;
  hide: () => void;
  remove: () => void;
}

const GAP = 14; // pixels between the pointer and the box

/** Puts the box into an element that positions its children. */
export function floatingTip(host: HTMLElement): FloatingTip {
  const box = document.createElement('div');
  box.className =
    'pointer-events-none absolute top-0 left-0 z-20 rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs shadow-float';
  box.hidden = true;
  host.style.position = 'relative';
  host.append(box);
  return {
    show: (x, y, content) => {
      box.replaceChildren(content);
      box.hidden = false;
      const left = x + GAP + box.offsetWidth > host.clientWidth ? x - GAP - box.offsetWidth : x + GAP;
      const top = Math.min(Math.max(0, y - box.offsetHeight / 2), host.clientHeight - box.offsetHeight);
      box.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`;
    },
    hide: () => {
      box.hidden = true;
    },
    remove: () => box.remove(),
  };
}
