/** Many programs have a `*.conf` with sections: which are taken for a tunnel, and which are left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';

const recognise = recogniser(registry.formats);
const tunnels = ['ipsec-conf', 'ipsec-secrets', 'swanctl', 'openvpn', 'wireguard', 'xl2tpd', 'ppp-options', 'ppp-secrets'];

const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['the main file of IPsec', 'etc/ipsec.conf', '', 'ipsec-conf'],
  ['a connection of its own', 'etc/ipsec.d/clinic.conf', 'conn clinic\n\tright=198.51.100.9\n', 'ipsec-conf'],
  ['an empty file beside it', 'etc/ipsec.d/policies.conf', '# nothing\n', undefined],
  ['keys of IPsec', 'etc/ipsec.d/clinic.secrets', '', 'ipsec-secrets'],
  ['swanctl', 'etc/swanctl/conf.d/clinic.conf', 'connections {\n}\n', 'swanctl'],
  ['another file of strongSwan', 'etc/strongswan.conf', 'charon {\n  load_modular = yes\n}\n', undefined],
  ['a profile of OpenVPN', 'ward3.ovpn', '', 'openvpn'],
  ['a server of OpenVPN', 'etc/openvpn/server/ward.conf', 'port 1194\ndev tun0\nserver 10.8.0.0 255.255.255.0\n', 'openvpn'],
  ['a client of OpenVPN under any name', 'clinic.conf', 'client\ndev tun\nremote vpn.example 1194\n', 'openvpn'],
  ['a file that mentions a device', 'monitor.conf', 'dev tun0\ninterval 5\n', undefined],
  ['a file of clients', 'clients.conf', 'client localhost {\n  secret = x\n}\n', undefined],
  ['WireGuard', 'etc/wireguard/wg0.conf', '[Interface]\nPrivateKey = x\n', 'wireguard'],
  ['a profile of WireGuard under any name', 'nurse.conf', '# laptop\n[Interface]\nAddress = 10.8.0.2/32\nPrivateKey = x\n[Peer]\nPublicKey = y\n', 'wireguard'],
  ['another file with an interface', 'network.conf', '[Interface]\nName = eth0\n', undefined],
  ['xl2tpd', 'etc/xl2tpd/xl2tpd.conf', '', 'xl2tpd'],
  ['L2TP under another name', 'l2tp-clinic.conf', '[lns default]\nip range = 10.9.0.10-10.9.0.99\n', 'xl2tpd'],
  ['options of pppd', 'etc/ppp/options.xl2tpd', '', 'ppp-options'],
  ['options of a PPTP server', 'etc/ppp/pptpd-options', '', 'ppp-options'],
  ['a peer of pppd', 'etc/ppp/peers/hospital', '', 'ppp-options'],
  ['passwords of pppd', 'etc/ppp/chap-secrets', '', 'ppp-secrets'],
  ['options of another program', 'compiler/options', '-O2\n', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = recognise(path, () => text);
    if (format) assert.equal(found, format);
    else assert.ok(!tunnels.includes(found ?? ''), found);
  });
}
