// SPDX-License-Identifier: Apache-2.0
// The visitor's own page. No account, no cookie, nothing kept in the browser.
import '@fontsource-variable/inter/opsz.css'
import { mount } from 'svelte'
import '../app.css'
import { browserLanguage, setLanguage } from '../lib/i18n.svelte'
import { languages, loaders } from './languages'
import Receipt from './Receipt.svelte'

await setLanguage(browserLanguage(languages), loaders)
const target = document.getElementById('app')
if (target) mount(Receipt, { target })
