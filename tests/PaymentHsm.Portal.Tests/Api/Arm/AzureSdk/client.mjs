// The unmodified SDK, pointed at the portal: endpoint, token and audience are all that a customer sets.
import { AzureDedicatedHSMResourceProvider } from "@azure/arm-hardwaresecuritymodules";

export const { PORTAL, CONTROL, SUBSCRIPTION, SUBSCRIPTION2 } = process.env;
export const GROUP = "rg-pay";
export const FAST = { updateIntervalInMs: 300 };

const network = "/subscriptions/0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks";

export function clientOf(persona = "automation1", subscription = SUBSCRIPTION) {
  const credential = { getToken: async () => ({ token: `dev-${persona}`, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const client = new AzureDedicatedHSMResourceProvider(credential, subscription, {
    endpoint: PORTAL,
    credentialScopes: ["api://payment-hsm-portal/.default"],
    retryOptions: { maxRetries: 0 },
  });
  return client.dedicatedHsmOperations;
}

export function hsm(changes = {}) {
  return {
    location: "West Europe",
    sku: { name: "payShield10K_LMK1_CPS60" },
    stampId: "stamp1",
    networkProfile: { subnet: { id: `${network}/pay/subnets/hsm` } },
    ...changes,
  };
}

export const subnet = (name) => ({ id: `${network}/${name}/subnets/hsm` });

export async function fails(act) {
  try {
    await act();
  } catch (error) {
    return { status: error.statusCode, code: error.code, message: error.message };
  }
  throw new Error("It was not refused.");
}

export async function call(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: "Bearer dev-automation1", "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
}

export function step(what) {
  console.log(`ok ${what}`);
}
