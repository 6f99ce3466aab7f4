import t from 'tap';
import { formatAgo } from '#lib/format/formatAgo.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatClock } from '#lib/format/formatClock.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatEfficiency } from '#lib/format/formatEfficiency.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { formatRatio } from '#lib/format/formatRatio.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { formatSignificant } from '#lib/format/formatSignificant.ts';

t.test('bytes are told in decimal units', async (t) => {
  t.equal(formatBytes(0), '0 B');
  t.equal(formatBytes(999), '999 B');
  t.equal(formatBytes(1000), '1.00 kB');
  t.equal(formatBytes(36_044_800), '36.0 MB');
  t.equal(formatBytes(999_600), '1.00 MB', 'what rounds up to a thousand takes the next unit');
  t.equal(formatBytes(-2_500_000), '−2.50 MB');
  t.same(
    [0, 500_000, 1_000_000].map((tick) => formatBytes(tick, 1_200_000)),
    ['0 MB', '0.50 MB', '1.00 MB'],
    'along an axis all are in one unit',
  );
});

t.test('a share that is not the whole never reads as the whole', async (t) => {
  t.equal(formatShare(0.903), '90.3 %');
  t.equal(formatShare(0.99996), '99.9 %');
  t.equal(formatShare(1), '100.0 %');
  t.equal(formatShare(0.3112, 2), '31.12 %');
  t.equal(formatShare(1 / 123_456_789_014), '< 0.1 %', 'nor one that is not nothing as nothing');
  t.equal(formatShare(1e-5, 2), '< 0.01 %');
  t.equal(formatShare(0), '0.0 %');
});

t.test('spans of time leave out what is zero', async (t) => {
  t.equal(formatSeconds(0.045), '45 ms');
  t.equal(formatSeconds(0.94), '0.9 s');
  t.equal(formatSeconds(59.4), '59 s');
  t.equal(formatSeconds(125), '2 min 05 s');
  t.equal(formatSeconds(7200), '2 h');
  t.equal(formatSeconds(90_000), '1 d 1 h');
  t.same(
    [0, 0.5, 1].map((tick) => formatSeconds(tick, 1.2)),
    ['0 s', '0.5 s', '1.0 s'],
  );
  t.same(
    [0, 60, 120].map((tick) => formatSeconds(tick, 125)),
    ['0 min', '1 min 00 s', '2 min 00 s'],
  );
});

t.test('clocks show hours only when there are any', async (t) => {
  t.equal(formatClock(7.9), '0:07');
  t.equal(formatClock(3905), '1:05:05');
  t.equal(formatClock(-3), '0:00');
});

t.test('moments are told from now, to both sides', async (t) => {
  const now = new Date('2026-11-20T12:00:00Z');
  const ago = (text: string) => formatAgo(new Date(text), now);
  t.equal(ago('2026-11-20T11:59:59Z'), 'just now');
  t.equal(ago('2026-11-20T11:59:20Z'), '40 s ago');
  t.equal(ago('2026-11-20T12:03:00Z'), 'in 3 min');
  t.equal(ago('2026-11-18T12:00:00Z'), '2 d ago');
  t.equal(ago('2025-01-01T00:00:00Z'), '2025-01-01');
});

t.test('ratios say which way', async (t) => {
  t.equal(formatRatio(612, 9728), '÷15.9');
  t.equal(formatRatio(200, 100), '×2.00');
  t.equal(formatRatio(0, 100), undefined);
});

t.test('magnitudes keep their significant digits', async (t) => {
  t.equal(formatSignificant(0.12345), '0.123');
  t.equal(formatSignificant(23_456), '23,456');
  t.equal(formatSignificant(2_209_400_000_000), '2.21·10¹²');
  t.equal(formatSignificant(0.00001234), '1.23·10⁻⁵');
  t.equal(formatSignificant(0), '0');
  t.equal(formatSignificant(65), '65', 'whole numbers have no decimals');
  t.equal(formatSignificant(65.01), '65.0');
});

t.test('counts are grouped, means keep one decimal', async (t) => {
  t.equal(formatCount(9728), '9,728');
  t.equal(formatCount(912.25), '912.3');
});

t.test('one of a thing is not several', async (t) => {
  t.equal(formatPlural(1, 'event'), '1 event');
  t.equal(formatPlural(0, 'event'), '0 events');
  t.equal(formatPlural(1200, 'event'), '1,200 events');
});

t.test('efficiencies are told in parts of 10⁻⁴, without decimals where they are large', async (t) => {
  t.equal(formatEfficiency(1 / 439), '22.78');
  t.equal(formatEfficiency(1), '10,000');
});
