import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Port } from '#concepts/port.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseKconfig, type Kconfig } from '#notations/kconfig.js';
import { channels } from './channels.js';
import { logins, ports, secrets, software } from './device.js';

/** Names of Zephyr's own, or of MCUboot's; the Linux kernel and U-Boot have none of them. */
const own = new RegExp(`^CONFIG_(?:${[
  'ZEPHYR_', 'BT_(?:PERIPHERAL|CENTRAL|SMP|DEVICE_NAME|MAX_CONN|GATT|BUF|L2CAP|CTLR|MESH|SETTINGS|NUS|FIXED|USE_DEBUG)',
  'BOOT_(?:SIGNATURE|SWAP|UPGRADE|VALIDATE|ENCRYPT|MAX_IMG)', 'BOOTLOADER_MCUBOOT', 'MCUBOOT', 'MCUMGR', 'IMG_MANAGER',
  'NET_(?:SOCKETS|CONFIG_|L2_|SHELL)', 'NETWORKING', 'MAIN_STACK_SIZE', 'SYSTEM_WORKQUEUE', 'HEAP_MEM_POOL', 'LOG=', 'LOG_(?:MODE|BACKEND|DEFAULT)',
  'SHELL(?:=|_)', 'UART_CONSOLE', 'RTT_CONSOLE', 'USE_SEGGER_RTT', 'NRF_', 'NRFX_', 'SETTINGS(?:=|_)', 'NVS=', 'DK_LIBRARY', 'LWM2M', 'MQTT_LIB',
  'COAP=', 'STDOUT_CONSOLE', 'STACK_SENTINEL', 'TEST_RANDOM', 'DEBUG_COREDUMP',
].join('|')})`, 'm');

const line = /^(?:(?:SB_)?CONFIG_[A-Za-z0-9_]+=.*|#.*|\s*)$/;

/** Only assignments and comments, nothing built as a module, and where the name leaves it open something of Zephyr's own. */
function isFragment(head: string, named: boolean): boolean {
  if (!/^(?:SB_)?CONFIG_\w+=/m.test(head) || /^CONFIG_\w+=m\s*$/m.test(head) || (!named && !own.test(head))) return false;
  const lines = head.split('\n', 400);
  return lines.every((text, i) => line.test(text.trimEnd()) || (i === lines.length - 1 && head.length >= 60_000));
}

export default format<Kconfig>({
  title: 'Zephyr',
  files: [
    { named: ['**/prj.conf', '**/prj[-_]*.conf', '**/sysbuild.conf', '**/sysbuild[-_]*.conf'], saying: (head) => isFragment(head, true) },
    { named: ['**/*.conf', '**/zephyr/.config'], saying: (head) => isFragment(head, false) },
  ],
  parse: parseKconfig,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Channel, channels), lowering(Login, logins), lowering(Port, ports), lowering(Secret, secrets), lowering(Software, software)],
});
