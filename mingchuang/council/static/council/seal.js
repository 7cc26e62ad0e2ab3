// The seal of a plan: SHA-256 of the canonical JSON of all the rest (RFC 8785).

import { canonical } from "../ledger/proof.js";

export async function sealOf(plan) {
  const { commitment: _seal, ...rest } = plan;
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(rest)));
  return `sha256:${Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
