// Every error that the SDK's users can meet, as the SDK shows it to them.
import assert from "node:assert/strict";
import { clientOf, fails, FAST, GROUP, hsm, step, subnet, SUBSCRIPTION2 } from "./client.mjs";

const hsms = clientOf();
const put = (name, body, by = hsms) => fails(() => by.beginCreateOrUpdateAndWait(GROUP, name, body, FAST));
const expect = (found, status, code, words) => {
  assert.deepEqual([found.status, found.code], [status, code], found.message);
  assert.match(found.message, words);
  step(`${status} ${code}`);
};

expect(await put("a_b", hsm()), 400, "InvalidResourceName", /3 to 24/);
expect(await put("phsm-e", hsm({ sku: { name: "SafeNet Luna Network HSM A790" } })), 400, "InvalidSku", /payShield10K_LMK2_CPS2500/);
expect(await put("phsm-e", hsm({ sku: undefined })), 400, "InvalidRequestContent", /sku/);
expect(await put("phsm-e", hsm({ location: "Mars" })), 400, "LocationNotAvailableForResourceType", /eastus, westeurope/);
expect(await put("phsm-e", hsm({ stampId: "stamp9" })), 400, "InvalidStamp", /stamp1, stamp2/);
expect(await put("phsm-e", hsm({ networkProfile: { subnet: { id: "snet" } } })), 400, "InvalidSubnet", /snet/);
expect(await put("phsm-e", hsm({ networkProfile: { subnet: subnet("pay"), networkInterfaces: [{ privateIpAddress: "fd00::5" }] } })), 400, "InvalidIpAddress", /IPv4/);
expect(await put("phsm-e", hsm({ networkProfile: { subnet: subnet("pay"), networkInterfaces: [{}, {}, {}] } })), 400, "InvalidRequestContent", /there are 2/);
expect(await fails(() => hsms.get(GROUP, "phsm-none")), 404, "ResourceNotFound", /phsm-none/);
expect(await fails(() => hsms.beginUpdateAndWait(GROUP, "phsm-none", { tags: {} })), 404, "ResourceNotFound", /phsm-none/);
expect(await put("phsm-e", hsm(), clientOf("nobody")), 401, "InvalidAuthenticationToken", /access token/);
expect(await put("phsm-e", hsm(), clientOf("support1")), 403, "AuthorizationFailed", /dedicatedHSMs\/write/);
expect(await put("phsm-e", hsm(), clientOf("automation1", "11111111-2222-4333-8444-555555555555")), 403, "SubscriptionNotApproved", /support/);

// While the first is being created.
const fixed = hsm({ networkProfile: { subnet: subnet("pay"), networkInterfaces: [{ privateIpAddress: "10.44.0.9" }] } });
const creating = await hsms.beginCreateOrUpdate(GROUP, "phsm-e1", fixed, FAST);
expect(await put("phsm-e1", { ...fixed, sku: { name: "payShield10K_LMK1_CPS250" } }), 409, "AnotherOperationInProgress", /phsm-e1/);
expect(await put("phsm-e2", { ...fixed, stampId: "stamp2" }), 409, "PrivateIPAddressInUse", /10\.44\.0\.9/);
await creating.pollUntilDone();
expect(await put("phsm-e1", { ...fixed, location: "East US" }), 409, "InvalidResourceLocation", /westeurope/);
expect(await put("phsm-e1", { ...fixed, stampId: "stamp2" }), 409, "PropertyChangeNotAllowed", /stampId/);
expect(await put("phsm-e1", hsm({ networkProfile: { subnet: subnet("elsewhere") } })), 409, "PropertyChangeNotAllowed", /networkProfile/);

// Two of a stamp are a subscription's quota; two devices are all that this fleet has there.
await hsms.beginCreateOrUpdateAndWait(GROUP, "phsm-e2", hsm(), FAST);
const third = await put("phsm-e3", hsm());
assert.match(third.message, /long-running operation has failed.*QuotaExceeded.*stamp2/s);
const crowded = await put("phsm-e4", hsm(), clientOf("automation1", SUBSCRIPTION2));
assert.match(crowded.message, /long-running operation has failed.*NoCapacity.*westeurope\/stamp1/s);
step("quota and capacity say why the creation failed");

// What failed can be deleted and costs nothing more.
await hsms.beginDeleteAndWait(GROUP, "phsm-e3", FAST);
assert.equal((await fails(() => hsms.get(GROUP, "phsm-e3"))).code, "ResourceNotFound");
step("a failed one can be deleted at once");
