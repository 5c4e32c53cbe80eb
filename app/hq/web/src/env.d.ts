// SPDX-License-Identifier: Apache-2.0
/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module '*.po' {
  const table: Record<string, string[]>
  export default table
}
