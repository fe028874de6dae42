import ipaddr from 'ipaddr.js';

/** A range such as `10.1.0.0/16`; one address is a range of its own. */
export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Null when the text is neither an address nor a range. */
export function parseRange(text: string): AddressRange | null {
  const [start = ''] = text.split('/');
  if (isAddress(start) && ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.process(text);
  return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
}

/** In the usual form; not the shorter and octal ones that other programs read as an address. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
}

/**
 * Whether an address that somebody else chose may be connected to: one of the public Internet, or one that the settings
 * allow. Everything that leads into this machine or its network is not, in whatever notation.
 */
export function mayConnectTo(address: string, allowed: readonly AddressRange[]): boolean {
  if (!isAddress(address)) return false;
  const parsed = ipaddr.process(address); // an IPv4 address within an IPv6 one is that IPv4 address
  if (allowed.some((range) => isWithin(parsed, range))) return true;
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || isGlobal(parsed);
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [start, bits]: AddressRange): boolean {
  if (address instanceof ipaddr.IPv4) return start instanceof ipaddr.IPv4 && address.match(start, bits);
  return start instanceof ipaddr.IPv6 && address.match(start, bits);
}

/** Only 2000::/3 has been given out; the library knows the special ranges within, not all of those outside. */
function isGlobal(address: ipaddr.IPv6): boolean {
  return address.match(ipaddr.IPv6.parse('2000::'), 3);
}
