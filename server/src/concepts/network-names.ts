/** Ports of guarded services by their names in the services database (IANA), which packet filters of Linux accept instead of numbers. */
export const servicePorts: ReadonlyMap<string, number> = new Map([
  ['ftp-data', 20], ['ftp', 21], ['ssh', 22], ['telnet', 23], ['tftp', 69], ['sunrpc', 111], ['epmap', 135], ['netbios-ns', 137], ['netbios-dgm', 138], ['netbios-ssn', 139],
  ['snmp', 161], ['ldap', 389], ['microsoft-ds', 445], ['exec', 512], ['login', 513], ['shell', 514], ['syslog', 514], ['rsync', 873], ['ms-sql-s', 1433], ['nfs', 2049],
  ['mysql', 3306], ['postgresql', 5432], ['redis', 6379],
]);

/** Whether an interface leads, by its name alone, to this machine, a tunnel, containers or a network its owner calls inner. */
export function isInnerInterface(name: string): boolean {
  return /^(?:lo|wg|tun|tap|docker|br-|virbr|veth|lxc|lxd|tailscale|zt|cni|podman|lan|mgmt|internal)/i.test(name);
}
