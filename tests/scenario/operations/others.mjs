// SPDX-License-Identifier: Apache-2.0
// What visitors ask with the codes of their receipts, and whoever runs the server.
import { randomBytes } from 'node:crypto';
import { crockford } from '../receipts.mjs';
import { deliveredReceipt } from './kiosks.mjs';

export const receiptOperations = {
  lookUpReceipt: async (s) => [await deliveredReceipt(s), crockford(randomBytes(10))].map((code) => ({ body: { code } })),
  withdrawConsent: async (s) => ({ body: { code: await deliveredReceipt(s), purpose: 'contact' } }),
  eraseResponse: async (s) => [await deliveredReceipt(s), crockford(randomBytes(10))].map((code) => ({ body: { code } })),
};

export const operatorOperations = {
  getHealth: async () => ({}),
  getReadiness: async () => ({ status: 200 }),
  getMetrics: async () => ({}),
  getVersion: async () => ({}),
};
