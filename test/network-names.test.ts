/** Every way a file writes this machine, every address, everyone and an address of no use on the Internet, and what only looks like it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBits } from '#concepts/address-bits.js';
import {
  areEveryone, hostOfUrl, isAddress, isEveryAddress, isEveryone, isPrivateAddress, isReservedName, isThisMachine, leavesMachine,
} from '#concepts/network-names.js';

type Table = readonly [name: string, asked: (text: string) => boolean, yes: readonly string[], no: readonly string[]];

const tables: readonly Table[] = [
  ['this machine', isThisMachine, [
    'localhost', 'LocalHost', 'localhost.', 'localhost:8080', ' localhost ', 'localhost.localdomain', 'localhost4', 'localhost6.localdomain6',
    'ip6-localhost', 'ip6-loopback',
    'app.localhost', '127.0.0.1', '127.0.0.1:1883', '127.0.1.1', '127.255.255.254', '127.1', '127.0.1',
    '::1', '[::1]', '[::1]:80', '::0001', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001', '::1%lo', '::ffff:127.0.0.1',
    '[::FFFF:127.0.0.1]:443', '::ffff:7f00:1',
    'unix:/run/app.sock', 'unix:///run/app.sock', 'unixs:///run/etcd.sock', 'host.docker.internal:8080', 'host.containers.internal',
  ], [
    '', '.', 'localhost.example.com', 'mylocalhost', 'localhost-2', 'localhosted', 'localhost.localdomain.net', '127.0.0.1.evil.net', '127.evil.net',
    '127.0.0.1x', '127.0.0.256', '1127.0.0.1',
    '27.0.0.1', '128.0.0.1', '127', '127.0.0.1/8', '0.0.0.0', '::', '*', '::1:80', '::11', '[::1', '::1]', '[::1].net', '::127.0.0.1', '::ffff:10.0.0.1',
    '1::1', 'db', 'unix:80', '10.0.0.1',
  ]],
  ['every address of a machine', isEveryAddress, [
    '0.0.0.0', '0.0.0.0:80', '::', '[::]', '[::]:443', '0:0:0:0:0:0:0:0', '::0', '*', '*:80', '::ffff:0.0.0.0', '%any', '%ANY6',
  ], [
    '', '0', '0.0.0.0/0', '127.0.0.1', '::1', '10.0.0.0', '0.0.0.0.net', 'any', '%anyone', '%defaultroute', '**', '::0:1',
  ]],
  ['told by address', isAddress, ['10.0.0.1', '[2001:db8::1]:80', '::', '0.0.0.0:80'], ['', '10.0.0.1.net', '10.1', 'db', '*', '10.0.0.0/8']],
  ['leaves this machine', leavesMachine, [
    'db', '10.0.0.1', 'localhost.example.health', '[2001:db8::1]:80',
  ], [
    'localhost:80', '127.0.0.1', '0.0.0.0', '[::]', 'db.example.com', 'host.docker.internal',
  ]],
  ['everyone, by several ranges', (ranges) => areEveryone(ranges.split(' ')), [
    '0.0.0.0/0', '10.0.0.0/8 ::/0', '0.0.0.0/1 128.0.0.0/1', '128.0.0.0/1', '0.0.0.0/2 64.0.0.0/2 128.0.0.0/2 192.0.0.0/2', '2000::/3', '2000::/4 3000::/4',
    '1.0.0.0/8 2.0.0.0/7 4.0.0.0/6 8.0.0.0/7 11.0.0.0/8 12.0.0.0/6 16.0.0.0/4 32.0.0.0/3 64.0.0.0/3 96.0.0.0/4 112.0.0.0/5 120.0.0.0/6 124.0.0.0/7 126.0.0.0/8 128.0.0.0/2 192.0.0.0/2',
  ], ['', '10.0.0.0/9 10.128.0.0/9', '0.0.0.0/2 128.0.0.0/2', '203.0.113.0/24', '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16', '2001:db8::/32', 'any', '0.0.0.0/33', '64.0.0.0/2 10.0.0.0/8']],
  ['everyone', isEveryone, [
    '0.0.0.0/0', '::/0', '0::/0', '0:0:0:0:0:0:0:0/0', '0000:0000:0000:0000:0000:0000:0000:0000/0', '10.1.2.3/0', '0.0.0.0/0.0.0.0', '0/0', ' ::/0 ',
  ], [
    '', '0.0.0.0', '::', '0.0.0.0/1', '128.0.0.0/1', '::/1', '10.0.0.0/8', '0.0.0.0/00', '300.0.0.0/0', 'host/0', '/0', 'beef/0',
  ]],
  ['of no use on the Internet', isPrivateAddress, [
    '10.0.0.1', '10.255.255.255:80', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.255.255', '169.254.169.254', '127.0.0.1', '::1',
    'fd00::1', '[fc00::1]:80', 'fe80::1%eth0',
    'febf::1', '::ffff:192.168.0.1',
  ], [
    '', '11.0.0.1', '172.15.0.1', '172.32.0.1', '192.169.0.1', '100.63.255.255', '100.128.0.1', '8.8.8.8', '10.0.0.1.net', '10.1', '2001:db8::1', 'fec0::1',
    'fe7f::1', '::ffff:8.8.8.8', 'db',
  ]],
  ['reserved names', isReservedName, [
    'example.com', 'www.example.org', 'EXAMPLE.NET', 'example', 'a.test', 'test', 'x.invalid', 'db.example.',
  ], [
    '', 'test.com', 'invalid.org', 'localhost.com', 'contest', 'myexample.com', 'example.com.br', 'test.clinic.org', 'example.health',
  ]],
];

for (const [name, asked, yes, no] of tables) {
  test(name, () => {
    assert.deepEqual(yes.filter((text) => !asked(text)), [], 'said no');
    assert.deepEqual(no.filter((text) => asked(text)), [], 'said yes');
  });
}

test('the bits of an address', () => {
  assert.equal(addressBits('127.0.0.1'), '01111111000000000000000000000001');
  assert.equal(addressBits('2001:db8::1'), `${'00100000000000010000110110111000'}${'0'.repeat(95)}1`);
  assert.equal(addressBits('::1.2.3.4'), `${'0'.repeat(96)}00000001000000100000001100000100`);
  for (const text of [
    '', ':', '1', 'db', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::2::3', '12345::', ':::',
    '1:2:3:4:5:6:7::8:9', 'g::', '1.2.3.4:5',
  ]) {
    assert.equal(addressBits(text), undefined, text);
  }
});

test('the host of a URL', () => {
  assert.equal(hostOfUrl('https://user:secret@[::1]:8443/x?y#z'), '[::1]:8443');
  assert.equal(hostOfUrl(' tcp+tls://127.0.0.1.evil.net'), '127.0.0.1.evil.net');
  assert.equal(hostOfUrl('http://127.0.0.1@evil.net/'), 'evil.net');
  assert.equal(hostOfUrl('http:///x'), '');
  assert.equal(hostOfUrl('127.0.0.1:80'), undefined);
});
