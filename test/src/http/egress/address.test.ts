import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { address_rule } from '../../../../src/http/egress/address.ts';

const refused: Readonly<Record<string, readonly string[]>> = {
  'this host': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local, cloud metadata': ['169.254.169.254', '169.254.0.1', 'fe80::1', 'febf::1', '168.63.129.16'],
  'carrier-grade NAT': ['100.64.0.1', '100.100.100.200', '100.127.255.255'],
  'unique local': ['fc00::1', 'fd00:ec2::254', 'fd20:ce::254'],
  'site-local': ['fec0::1'],
  multicast: ['224.0.0.1', '239.255.255.250', 'ff02::1'],
  broadcast: ['255.255.255.255'],
  'reserved, documentation, benchmarks': ['240.0.0.1', '192.0.0.192', '192.0.2.1', '198.18.0.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8'],
  'IPv4-compatible and translated': ['::127.0.0.1', '::ffff:0:127.0.0.1'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1'],
  '6to4': ['2002:7f00:1::', '2002:a00:1::1'],
  Teredo: ['2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  'not global unicast': ['100::1', '200::1', '4000::1', '5f00::1', '8000::1'],
  'no plain address': ['', 'localhost', '2130706433.example', 'fe80::1%eth0', '2606:4700::1%1'],
};

describe('the rule of addresses', () => {
  const judge = address_rule([]);

  for (const [name, addresses] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      for (const address of addresses) assert.equal(judge(address).ok, false, address);
    });
  }

  it('lets the public internet pass, and calls none of it private', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001:82a::200e']) {
      assert.deepEqual(judge(address), { ok: true, private: false }, address);
    }
  });

  it('allows exactly the networks that the operator lists', () => {
    const with_list = address_rule(['10.20.0.0/16', 'fd12:3456::/32', '192.0.2.7/32']);
    for (const address of ['10.20.0.1', '10.20.255.255', 'fd12:3456::1', '192.0.2.7'])
      assert.deepEqual(with_list(address), { ok: true, private: true }, address);
    for (const address of ['10.21.0.1', '127.0.0.1', 'fd12:3457::1', '192.0.2.8']) assert.equal(with_list(address).ok, false, address);
    assert.deepEqual(with_list('8.8.8.8'), { ok: true, private: false });
  });

  it('an IPv4 network that is allowed allows no IPv6 form of it', () => {
    const with_list = address_rule(['0.0.0.0/0']);
    for (const address of ['::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::1', '::10.0.0.1'])
      assert.equal(with_list(address).ok, false, address);
  });

  it('no IPv6 address outside 2000::/3 passes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.split(':')[0] ?? '', 16);
        const global = !Number.isNaN(first) && address[0] !== ':' && first >= 0x2000 && first < 0x4000;
        return global || !judge(address).ok;
      }),
    );
  });
});
