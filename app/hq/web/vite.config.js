// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { gettext } from './build/gettext.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// The server forbids inline scripts and styles: nothing may be inlined, no polyfill may be injected.
export default defineConfig({
  plugins: [gettext(), svelte()],
  resolve: { alias: { $strings: here('../../../assets/strings/web'), $kiosk: here('../../../assets/strings/kiosk') } },
  server: { fs: { allow: [here('.'), here('../../../assets/strings')] } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rollupOptions: {
      input: { dashboard: here('index.html'), receipt: here('receipt.html') },
    },
  },
})
