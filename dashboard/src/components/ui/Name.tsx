/** A name in a table, which may be long: one line of it, and the whole on hover. */
export function Name({ text }: { text: string }) {
  return (
    <span title={text} className="inline-block max-w-40 truncate align-bottom sm:max-w-64">
      {text}
    </span>
  );
}
