import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { client_address } from '../../../src/http/real_ip.ts';

const from = (peer: string | undefined, forwarded?: string, more: Record<string, string> = {}): IncomingMessage =>
  ({
    socket: { remoteAddress: peer },
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }), ...more },
  }) as unknown as IncomingMessage; // what is read of it

describe("the client's address", () => {
  const behind = client_address(['10.0.0.0/24', 'fd00::/64', '192.0.2.9']);

  it('is the peer, whatever it says, when no proxy is trusted', () => {
    const plain = client_address([]);
    assert.equal(plain(from('198.51.100.1', '1.1.1.1')), '198.51.100.1');
    assert.equal(plain(from('127.0.0.1', '1.1.1.1')), '127.0.0.1');
  });

  it('is the peer when that is no trusted proxy', () => {
    assert.equal(behind(from('198.51.100.1', '1.1.1.1')), '198.51.100.1');
    assert.equal(behind(from('10.0.1.1', '1.1.1.1')), '10.0.1.1');
  });

  it('is what the trusted proxy met', () => {
    assert.equal(behind(from('10.0.0.5', '198.51.100.7')), '198.51.100.7');
    assert.equal(behind(from('192.0.2.9', '198.51.100.7')), '198.51.100.7');
    assert.equal(behind(from('fd00::1', '2001:db8::7')), '2001:db8::7');
    assert.equal(behind(from('::ffff:10.0.0.5', '198.51.100.7')), '198.51.100.7');
  });

  it('spoofed X-Forwarded-For: what a client put in front counts for nothing', () => {
    for (const lie of ['1.1.1.1', '10.0.0.8', '127.0.0.1', 'unknown', '', '1.1.1.1, 2.2.2.2'])
      assert.equal(behind(from('10.0.0.5', `${lie}, 198.51.100.7`)), '198.51.100.7', lie);
  });

  it('goes through several trusted proxies, and no further', () => {
    assert.equal(behind(from('10.0.0.5', '1.1.1.1, 198.51.100.7, 10.0.0.6')), '198.51.100.7');
    assert.equal(behind(from('10.0.0.5', '10.0.0.7, 10.0.0.6')), '10.0.0.7');
  });

  it('other headers that name a client are not read', () => {
    const others = { forwarded: 'for=1.1.1.1', 'x-real-ip': '1.1.1.1', 'cf-connecting-ip': '1.1.1.1', 'true-client-ip': '1.1.1.1' };
    assert.equal(behind(from('10.0.0.5', undefined, others)), '10.0.0.5');
  });

  it('is read with the port that some proxies write', () => {
    assert.equal(behind(from('10.0.0.5', '198.51.100.7:4711')), '198.51.100.7');
    assert.equal(behind(from('10.0.0.5', '[2001:db8::7]:4711')), '2001:db8::7');
    assert.equal(behind(from('10.0.0.5', '[2001:db8::7]')), '2001:db8::7');
  });

  it('has one spelling', () => {
    assert.equal(behind(from('10.0.0.5', '2001:DB8:0:0:0:0:0:7')), '2001:db8::7');
    assert.equal(behind(from('10.0.0.5', '::ffff:198.51.100.7')), '198.51.100.7');
  });

  it('what is no address stays with the proxy that wrote it', () => {
    for (const nonsense of ['unknown', '1', '0x7f.1', '1.1.1', '1.1.1.1.1', '::g', 'a b', '1.1.1.1 2.2.2.2'])
      assert.equal(behind(from('10.0.0.5', nonsense)), '10.0.0.5', nonsense);
    assert.equal(behind(from(undefined)), '0.0.0.0');
  });

  it('nothing that stands left of an untrusted address changes the answer', () => {
    fc.assert(fc.property(fc.string(), (left) => behind(from('10.0.0.5', `${left},198.51.100.7`)) === '198.51.100.7'));
  });
});
