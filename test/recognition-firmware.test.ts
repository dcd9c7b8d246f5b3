/** `*.conf`, `*.h` and `*.json` are everybody's: which are taken for firmware and Wi-Fi, and which are left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';

const recognise = recogniser(registry.formats);
const own = ['sdkconfig', 'zephyr', 'mbed', 'tasmota', 'hostapd', 'wpa-supplicant'];

const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['a generated sdkconfig', 'sdkconfig', '#\n# Automatically generated file. DO NOT EDIT.\n#\nCONFIG_IDF_TARGET="esp32"\n', 'sdkconfig'],
  ['defaults', 'boards/sdkconfig.defaults.esp32s3', 'CONFIG_ESPTOOLPY_FLASHSIZE_8MB=y\n', 'sdkconfig'],
  ['defaults of a release', 'sdkconfig.release', '# CONFIG_BT_ENABLED is not set\n', 'sdkconfig'],
  ['the header made of a sdkconfig', 'build/config/sdkconfig.h', '#define CONFIG_IDF_TARGET "esp32"\n', undefined],
  ['names that changed', 'components/x/sdkconfig.rename', 'CONFIG_OLD_NAME   CONFIG_NEW_NAME\n', undefined],
  ['a Zephyr project', 'app/prj.conf', '# sample\nCONFIG_GPIO=y\n', 'zephyr'],
  ['a Zephyr project of a variant', 'app/prj_release.conf', 'CONFIG_LOG=n\n', 'zephyr'],
  ['an overlay', 'overlay-bt.conf', 'CONFIG_BT=y\nCONFIG_BT_PERIPHERAL=y\n', 'zephyr'],
  ['a board', 'boards/nrf52840dk_nrf52840.conf', '# Copyright\n\nCONFIG_MAIN_STACK_SIZE=2048\n', 'zephyr'],
  ['a build of several images', 'app/sysbuild.conf', 'SB_CONFIG_BOOTLOADER_MCUBOOT=y\n', 'zephyr'],
  ['MCUboot', 'sysbuild/mcuboot.conf', 'CONFIG_BOOT_SIGNATURE_TYPE_NONE=y\n', 'zephyr'],
  ['a kernel fragment', 'kernel/wifi.conf', 'CONFIG_BT=y\nCONFIG_CFG80211=m\nCONFIG_NETWORKING=y\n', undefined],
  ['a kernel fragment without modules', 'kernel/debug.conf', 'CONFIG_DEBUG_INFO=y\nCONFIG_BT=y\n', undefined],
  ['a shell file with such a variable', 'etc/build.conf', 'CONFIG_SHELL=/bin/sh\nmake all\n', undefined],
  ['a project of something else', 'prj.conf', '[project]\nname = a\n', undefined],
  ['mbed', 'mbed_app.json', '{ "target_overrides": { "*": {} } }', 'mbed'],
  ['a library of mbed', 'mbed_lib.json', '{ "name": "ble", "config": {} }', undefined],
  ['any other JSON', 'app.json', '{ "config": {}, "target_overrides": {} }', undefined],
  ['tasmota', 'tasmota/user_config_override.h', '#ifndef _X\n#define _X\n#undef  MQTT_HOST\n#define MQTT_HOST "a"\n#endif\n', 'tasmota'],
  ['another header', 'include/config.h', '#define MQTT_HOST "a"\n', undefined],
  ['a header of that name of another project', 'user_config_override.h', '#pragma once\n#define LED_PIN 4\n', undefined],
  ['hostapd', 'etc/hostapd/hostapd.conf', 'interface=wlan0\nssid=a\n', 'hostapd'],
  ['hostapd under another name', 'etc/ap.conf', 'interface=wlan0\nssid=a\nhw_mode=g\nchannel=1\n', 'hostapd'],
  ['hostapd for one interface', 'hostapd-wlan1.conf', 'interface=wlan1\nbridge=br0\nssid=a\n', 'hostapd'],
  ['dnsmasq', 'etc/dnsmasq.conf', 'interface=wlan0\ndhcp-range=10.0.0.2,10.0.0.9\n', undefined],
  ['wpa_supplicant', 'etc/wpa_supplicant/wpa_supplicant-wlan0.conf', 'ctrl_interface=/run/wpa_supplicant\n\nnetwork={\n\tssid="a"\n}\n', 'wpa-supplicant'],
  ['a manual of wpa_supplicant', 'doc/wpa_supplicant.conf.sgml', '<!doctype refentry>\n<refentry><programlisting>\nnetwork={\n\tssid="a"\n}\n', undefined],
  ['a script that writes its configuration', 'bin/make_wpa_supplicant', '#!/bin/sh\ncat <<E\nnetwork={\n\tssid="a"\n}\nE\n', undefined],
  ['wpa_supplicant without networks', 'etc/wpa_supplicant.conf', 'ctrl_interface=/run/wpa_supplicant\n', undefined],
  ['NetworkManager', 'etc/NetworkManager/NetworkManager.conf', '[main]\nplugins=keyfile\n', undefined],
  ['a D-Bus policy for wpa_supplicant', 'etc/dbus-1/system.d/wpa_supplicant.conf', '<busconfig>\n  <policy user="root"/>\n</busconfig>\n', undefined],
  ['nginx', 'etc/nginx/nginx.conf', 'server {\n  listen 80;\n}\n', undefined],
  ['collectd', 'etc/collectd/collectd.conf', 'Interval 10\nLoadPlugin network\n', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = recognise(path, () => text);
    if (format) assert.equal(found, format);
    else assert.ok(!own.includes(found ?? ''), found);
  });
}

test('a file with thousands of lines is read in time linear in it', () => {
  const text = `CONFIG_MAIN_STACK_SIZE=1\n${'CONFIG_A=y\n'.repeat(6000)}`.slice(0, 65_536);
  const before = process.hrtime.bigint();
  for (let i = 0; i < 20; i++) recognise('a.conf', () => text);
  assert.ok(Number(process.hrtime.bigint() - before) / 20e6 < 50, 'one look takes more than 50 ms');
});
