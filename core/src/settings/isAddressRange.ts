const IPV4_BITS = 32;
const IPV6_BITS = 128;
const IPV6_GROUPS = 8;

/**
 * Whether a text is an IPv4 or IPv6 address, or a range of them in CIDR notation. `/0` is none: whoever lists whom
 * to trust means somebody.
 */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const size = isIpv4(address) ? IPV4_BITS : isIpv6(address) ? IPV6_BITS : 0;
  if (size === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9][0-9]{0,2}$/.test(bits) && Number(bits) <= size);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/** RFC 4291, section 2.2: eight groups, of which one run of zeros may be left out as `::`. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length < IPV6_GROUPS : groups.length === IPV6_GROUPS;
}
