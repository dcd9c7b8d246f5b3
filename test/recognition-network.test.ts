/** Configurations of network devices and servers look alike: which are taken for IOS, nftables, iptables or PostgreSQL, and which are left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';

const recognise = recogniser(registry.formats);
const formatOf = (path: string, text: string) => recognise(path, () => text);

const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['a running configuration', 'switch.cfg', 'Building configuration...\n\nCurrent configuration : 1792 bytes\n!\nversion 15.7\nhostname a\nend\n', 'cisco-ios'],
  ['one without an ending', 'backup/running-config', '!\nversion 15.2\n!\nhostname a\n!\nboot-start-marker\n', 'cisco-ios'],
  ['a few lines', 'vty.txt', 'line vty 0 4\n transport input ssh\n', 'cisco-ios'],
  ['an access list', 'acl.conf', 'ip access-list extended A\n permit ip any any\ninterface GigabitEthernet0/1\n ip access-group A in\n', 'cisco-ios'],
  ['carriage returns', 'switch.cfg', 'version 15.2\r\nhostname a\r\ninterface GigabitEthernet0/1\r\n', 'cisco-ios'],
  ['a Catalyst switch', 'a.cfg',
    'version 15.2\nhostname a\nvlan internal allocation policy ascending\ninterface GigabitEthernet0/1\n switchport mode access\nline vty 0 4\n', 'cisco-ios'],
  ['NX-OS', 'a.cfg', 'version 9.2(3) Bios:version\nhostname a\nfeature bgp\ninterface Vlan1\n  no shutdown\nline vty\n', undefined],
  ['EOS', 'a.cfg',
    '! device: a (vEOS, EOS-4.27)\nhostname a\nservice routing protocols model multi-agent\ninterface Ethernet1\n   ip address 10.0.0.1/31\nrouter bgp 1\n', undefined],
  ['ASA', 'a.cfg',
    'ASA Version 9.9\nhostname a\ninterface GigabitEthernet0/1\n nameif inside\n security-level 50\n ip address 1.1.1.1 255.255.255.0\naccess-list 101 extended permit ip any any\n', undefined],
  ['IOS XR', 'a.cfg',
    '!! IOS XR Configuration 6.1\nhostname a\ninterface GigabitEthernet0/0/0/0\n ipv4 address 10.0.0.1 255.255.255.0\nrouter ospf 1\n', undefined],
  ['FRRouting', 'frr.conf', 'frr version 8.1\nfrr defaults traditional\nhostname a\nservice password-encryption\nip forwarding\nline vty\n', undefined],
  ['Junos', 'a.conf', 'system {\n    host-name a;\n}\n', undefined],
  ['Comware', 'switch.cfg',
    '#\n version 5.20, Release 1513\n#\n sysname ward\n#\nvlan 1\n#\ninterface GigabitEthernet1/0/1\n undo port trunk permit vlan 1\n', undefined],
  ['a small switch of TP-Link', 'a.cfg',
    '!TL-SG3210\n#\nhostname "ward"\n#\nuser name admin privilege admin secret 0 x\n#\nline vty 0 0\nlogin\n#\n', undefined],
  ['a small switch of Cisco', 'a.txt',
    'config-file-header\nward\nv1.4.7.5\n@\nhostname ward\nip ssh server\nsnmp-server server\nusername a password encrypted b privilege 15\n', undefined],
  ['a small switch of Ubiquiti', 'a.cfg',
    '!Current Configuration:\n!\n!System Description "EdgeSwitch 24"\nhostname "ward"\nip http server\nip ssh server enable\n', undefined],
  ['AlliedWare', 'a.cfg', 'service password-encryption\nhostname ward\ninterface port1.0.1-1.0.8\n switchport mode access\nline vty 0 4\n', undefined],
  ['a Python project', 'setup.cfg', '[metadata]\nname = a\nversion = 1.0\n', undefined],
  ['prose about a switch', 'notes.txt', 'hostname of the switch is a\ninterface to the pump: see page 4\n', undefined],
  ['nftables', 'etc/nftables.conf', '', 'nftables'],
  ['the commands of a log watcher', 'etc/fail2ban/action.d/nftables.conf',
    '[Definition]\nactionstart = <nftables> add table <table_family> <table>\n', undefined],
  ['nftables by content', 'etc/sysconfig/nftables-hospital.conf', 'table inet filter {\n}\n', 'nftables'],
  ['a note that mentions nftables', 'nftables.md', '# How we use nftables\n', undefined],
  ['PostgreSQL', 'etc/postgresql/15/main/postgresql.conf', '', 'postgresql'],
  ['temporary files of PostgreSQL', 'usr/lib/tmpfiles.d/postgresql.conf', 'd /run/postgresql 2775 postgres postgres - -\n', undefined],
  ['the same under another name', 'usr/lib/tmpfiles.d/postgresql-common.conf', 'd /run/postgresql 2775 postgres postgres - -\n', undefined],
  ['saved rules', 'etc/iptables/rules.v4', '', 'iptables'],
  ['saved rules by content', 'firewall.rules', '# saved\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n', 'iptables'],
  ['rules of udev', '70-usb.rules', 'SUBSYSTEM=="usb", ACTION=="add", RUN+="/bin/true"\n', undefined],
  ['a part of UFW', 'etc/ufw/user.rules', '*filter\n:ufw-user-input - [0:0]\nCOMMIT\n', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = formatOf(path, text);
    if (format) assert.equal(found, format);
    else assert.ok(!['cisco-ios', 'nftables', 'iptables', 'postgresql'].includes(found ?? ''), found);
  });
}
