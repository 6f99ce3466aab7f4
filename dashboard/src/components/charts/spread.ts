/** Some that stand too near each other, moved as one. */
interface Block {
  sum: number;
  members: number[];
}

const mean = ({ sum, members }: Block) => sum / members.length;

/**
 * Positions at least `gap` apart, in the same order and as near as can be to those wanted (least squares, by
 * pooling those that violate their order once the gaps are taken out), none beyond `most`.
 */
export function spread(wanted: readonly number[], gap: number, most: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const blocks: Block[] = [];
  for (const [place, index] of order.entries()) {
    let block: Block = { sum: (wanted[index] ?? 0) - place * gap, members: [index] };
    for (
      let before = blocks.at(-1);
      before !== undefined && mean(before) > mean(block);
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: before.sum + block.sum, members: [...before.members, ...block.members] };
    }
    blocks.push(block);
  }
  const limit = most - (wanted.length - 1) * gap; // what the first may reach, all gaps below it
  const found = Array.from(wanted);
  let place = 0;
  for (const block of blocks) {
    for (const index of block.members) {
      found[index] = Math.min(mean(block), limit) + place * gap;
      place += 1;
    }
  }
  return found;
}
