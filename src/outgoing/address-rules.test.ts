import { describe, expect, it } from 'vitest';
import { type AddressRange, mayConnectTo, parseRange } from './address-rules.ts';

const ranges = (...texts: readonly string[]): readonly AddressRange[] =>
  texts.map((text) => {
    const range = parseRange(text);
    if (range === null) throw new Error(`no range: ${text}`);
    return range;
  });

describe('an address that somebody else chose', () => {
  it.each(['8.8.8.8', '52.1.2.3', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a01:4f8::1'])(
    'may be %s',
    (address) => {
      expect(mayConnectTo(address, [])).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '0x7f000001',
    '2130706433',
    '127.1',
    '0177.0.0.1',
    'localhost',
    '',
  ])('may not be %s', (address) => {
    expect(mayConnectTo(address, [])).toBe(false);
  });

  it('may be a private one that the settings allow, and only that', () => {
    const allowed = ranges('10.1.0.0/16', '192.168.7.5', 'fd00:1::/32');
    expect(mayConnectTo('10.1.255.1', allowed)).toBe(true);
    expect(mayConnectTo('::ffff:10.1.0.1', allowed)).toBe(true);
    expect(mayConnectTo('10.2.0.1', allowed)).toBe(false);
    expect(mayConnectTo('192.168.7.5', allowed)).toBe(true);
    expect(mayConnectTo('192.168.7.6', allowed)).toBe(false);
    expect(mayConnectTo('fd00:1::9', allowed)).toBe(true);
    expect(mayConnectTo('fd00:2::9', allowed)).toBe(false);
  });

  it.each(['', '10.0.0.0/33', '10.0.0/8', '10', 'x', '10.0.0.1 '])('has no range %j', (text) => {
    expect(parseRange(text)).toBeNull();
  });
});
