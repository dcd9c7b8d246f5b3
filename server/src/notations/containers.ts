/** What every way to describe containers spells alike: image references, Linux capabilities, files of the host, published ports, variables. */
import { withoutTail } from '#engine/text.js';

/** A reference to an image: `registry/name:tag@sha256:digest`. */
export interface Image {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Reads a reference to an image. A port of a registry is not a tag. */
export function imageOf(reference: string): Image {
  const [front, digest] = reference.trim().split('@', 2) as [string, string?];
  const colon = front.lastIndexOf(':');
  const tagged = colon > front.lastIndexOf('/');
  return { name: tagged ? front.slice(0, colon) : front, ...(tagged && { tag: front.slice(colon + 1) }), ...(digest !== undefined && { digest }) };
}

/** Whether an image is named by a version or a digest: without a tag it is `latest`, which is whatever was pushed last. */
export function isVersioned(reference: string): boolean {
  const { tag, digest } = imageOf(reference);
  return digest !== undefined || (tag !== undefined && tag !== 'latest');
}

/**
 * Linux capabilities, capabilities(7), that reach beyond the container: each gives the host, its kernel, its network or the memory of others.
 * NET_ADMIN governs the network a program is in (network_namespaces(7)): that of the host only where it is shared.
 */
const nearRoot: ReadonlySet<string> = new Set([
  'ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_PTRACE', 'SYS_BOOT', 'DAC_READ_SEARCH', 'MAC_ADMIN', 'MAC_OVERRIDE', 'NET_ADMIN', 'BPF', 'PERFMON', 'SYSLOG', 'AUDIT_CONTROL',
]);

/** Whether a capability, with or without its `CAP_`, comes close to full control of a host whose network is shared or not. */
export function isNearRoot(capability: string, sharesNetwork: boolean): boolean {
  const name = capability.toUpperCase().replace(/^CAP_/, '');
  return nearRoot.has(name) && (name !== 'NET_ADMIN' || sharesNetwork);
}

/** What is below `/etc` and decides who may sign in, what runs, and how the kernel, the network and containers behave; the folder of one program does not. */
const ofHost = /^\/etc\/(passwd|group|g?shadow|sudoers|doas|ssh|pam|security|cron|anacron|at\.|systemd|init|inittab|rc|profile|bash|zsh|environment|login|ld\.so|fstab|crypttab|mtab|modprobe|modules|sysctl|udev|apt|yum|dnf|zypp|apk|default|sysconfig|network|netplan|NetworkManager|nftables|iptables|ufw|firewalld|selinux|apparmor|polkit|dbus|krb5|kubernetes(?:\/?$|\/(?:manifests|pki|ssl|certs?|addons|kubelet|encryption|audit|[^/]{1,80}\.(?:conf|kubeconfig|ya?ml|json)))|rancher|cni|docker|containers|containerd|crio|crictl|etcd|kubelet|nomad|skel|alternatives|shells|subuid|subgid|host\.conf|exports|machine-id)/;
/** Of these, what holds keys or log-ins, so that reading it is enough. */
const keysOfHost = /^\/etc\/(g?shadow|sudoers|ssh|kubernetes|rancher|docker|etcd|krb5|crypttab)(\/|\b)|^\/root\/|\/\.ssh(\/|$)|\/run\/|^\/var\/lib\//;
/** Memory and disks, through which all files of the host are read and written past their rights. */
const rawDevices = /^\/dev\/(mem|kmem|port|sd[a-z]+\d*|hd[a-z]+\d*|nvme\d+(n\d+(p\d+)?)?|mmcblk\d+(p\d+)?|mapper(\/.*)?|disk(\/.*)?|dm-\d+|[vx]v?d[a-z]+\d*|md\d+|loop\d+)$/;

/**
 * Whether a path of the host gives control of it. The files of users, keys and container engines do when read; those of
 * programs and devices only when written.
 */
export function controlsHost(path: string, readOnly: boolean): boolean {
  const clean = withoutTail(path, '/') || '/';
  if (/^(\/etc\/(localtime|timezone|hosts|hostname|resolv\.conf|os-release|machine-id|nsswitch\.conf|ssl|pki|ca-certificates)|\/usr\/share|\/var\/log|\/run\/(dbus|udev|systemd\/journal)|\/sys\/(class|bus|fs\/bpf)|\/var\/run\/dbus)(\/|$)/.test(clean)) return false;
  if (clean === '/' || /^\/(etc|root|home|var|run|var\/run|var\/lib)$/.test(clean)) return true;
  if (/(^|\/)(docker|containerd|crio|podman|dockershim|cri-dockerd|balena-engine|balena)\.sock$/.test(clean)) return true;
  if (ofHost.test(clean) || /^\/root\/|^\/home\/[^/]+\/\.ssh(\/|$)|^\/(var\/)?run\/(docker|containerd|crio)(\/|$)|^\/var\/lib\/(kubelet|docker|containerd|etcd)$/.test(clean)) {
    return !readOnly || keysOfHost.test(clean);
  }
  // A device by its name is one thing, such as a sound card or a log; all of them are the machine.
  if (clean.startsWith('/dev')) return !readOnly && (clean === '/dev' || rawDevices.test(clean));
  return !readOnly && /^\/(proc|sys|boot|bin|sbin|lib|lib64|usr)(\/|$)/.test(clean);
}

/** Ports an address answers on: `80`, `8000-8010`. `undefined` for what is no port. */
export function portsOf(text: string): readonly [from: number, to: number] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2] ?? match[1])] : undefined;
}

/** Where a URL in a setting leads, when it says how the data travels. */
export interface Connection {
  readonly protocol: string;
  readonly host: string;
  readonly protection: 'none' | 'opportunistic' | 'encrypted';
}

/**
 * Reads a connection string. Databases say it in an option (`sslmode=disable`, `useSSL=false`, `encrypt=false`), others in the
 * scheme (`http`, `mqtt`, `ldap`, `redis`). A scheme that leaves it open says nothing.
 */
export function connectionOf(value: string): Connection | undefined {
  const match = /^(?:jdbc:)?([a-z][a-z0-9+.-]{1,30}):\/\/(?:[^/\s@]{0,300}@)?(\[[^\]]{2,60}\]|[^/\s:?#;,]{1,255})([^\s]{0,2000})$/i.exec(value.trim());
  if (!match) return undefined;
  const [, scheme, host, rest] = match as unknown as [string, string, string, string];
  const protocol = scheme.toLowerCase();
  const option = /[?&;](?:sslmode|ssl-mode|ssl_mode|usessl|encrypt|ssl|tls)=([\w-]+)/i.exec(rest)?.[1]?.toLowerCase();
  if (option !== undefined && /^(postgres|postgresql|mysql|mariadb|sqlserver|mongodb|mongodb\+srv)$/.test(protocol)) {
    if (/^(disable|disabled|false|no|0)$/.test(option)) return { protocol, host, protection: 'none' };
    if (/^(allow|prefer|preferred)$/.test(option)) return { protocol, host, protection: 'opportunistic' };
    return { protocol, host, protection: 'encrypted' };
  }
  if (/^(http|mqtt|ldap|ftp|amqp|redis|ws|nats|smtp|syslog|tcp\+syslog)$/.test(protocol)) return { protocol, host, protection: 'none' };
  return /^(https|mqtts|ldaps|ftps|sftp|amqps|rediss|wss)$/.test(protocol) ? { protocol, host, protection: 'encrypted' } : undefined;
}
