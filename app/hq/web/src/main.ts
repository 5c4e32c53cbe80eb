// SPDX-License-Identifier: Apache-2.0
import '@fontsource-variable/inter/opsz.css'
import { mount } from 'svelte'
import './app.css'
import './print.css'
import App from './App.svelte'
import { startPrinting } from './lib/print.svelte'
import { startRouter } from './lib/router.svelte'
import { startSettings } from './lib/settings.svelte'

await startSettings()
startRouter()
startPrinting()
const target = document.getElementById('app')
if (target) mount(App, { target })
