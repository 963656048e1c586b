// A payment HSM's life as automation sees it, from creation to 404.
import assert from "node:assert/strict";
import { call, clientOf, CONTROL, fails, FAST, GROUP, hsm, PORTAL, step, subnet, SUBSCRIPTION } from "./client.mjs";

const hsms = clientOf();
const collect = async (pages) => { const all = []; for await (const one of pages) all.push(one); return all; };

let firstStatus;
const wish = hsm({
  tags: { CostCentre: "4711" },
  networkProfile: { subnet: subnet("pay"), networkInterfaces: [{ privateIpAddress: "10.44.0.5" }] },
  managementNetworkProfile: { subnet: subnet("mgmt"), networkInterfaces: [{ privateIpAddress: "10.45.0.5" }] },
});
const creating = await hsms.beginCreateOrUpdate(GROUP, "phsm-sdk-1", wish, { ...FAST, onResponse: (raw) => { firstStatus ??= raw.status; } });
assert.equal(firstStatus, 201);
assert.equal(creating.isDone(), false, "the first answer must not look like the end");
const created = await creating.pollUntilDone();
assert.equal(created.provisioningState, "Succeeded");
assert.deepEqual([created.location, created.stampId, created.sku.name, created.tags.CostCentre], ["westeurope", "stamp1", "payShield10K_LMK1_CPS60", "4711"]);
assert.deepEqual(created.networkProfile.networkInterfaces.map((n) => n.id.split("/").pop()), ["phsm-sdk-1_HSMHost1Nic", "phsm-sdk-1_HSMHost2Nic"]);
assert.equal(created.networkProfile.networkInterfaces[0].privateIpAddress, "10.44.0.5");
assert.equal(created.managementNetworkProfile.networkInterfaces[0].privateIpAddress, "10.45.0.5");
assert.deepEqual([created.systemData.createdBy, created.systemData.createdByType], ["automation1", "Application"]);
step("created and polled to the end");

const shown = await hsms.get(GROUP.toUpperCase(), "PHSM-SDK-1");
assert.deepEqual(shown, created);
step("shown, in any case");

const again = await hsms.beginCreateOrUpdateAndWait(GROUP, "phsm-sdk-1", wish, FAST);
assert.equal(again.systemData.createdAt.toISOString(), created.systemData.createdAt.toISOString());
step("the same PUT again changes nothing");

await hsms.beginCreateOrUpdateAndWait("rg-other", "phsm-sdk-2", hsm({ stampId: "stamp2" }), FAST);
const pages = [];
for await (const page of hsms.listBySubscription({ top: 1 }).byPage()) pages.push(page.map((h) => h.name));
assert.deepEqual(pages, [["phsm-sdk-2"], ["phsm-sdk-1"]], "one per page, in the order of the ids");
assert.deepEqual((await collect(hsms.listByResourceGroup(GROUP, { top: 1 }))).map((h) => h.name), ["phsm-sdk-1"]);
step("listed page by page");

const tagged = await hsms.beginUpdateAndWait(GROUP, "phsm-sdk-1", { tags: { Environment: "uat" }, ...FAST });
assert.deepEqual([tagged.provisioningState, tagged.tags], ["Succeeded", { Environment: "uat" }]);
step("tags replaced");

const url = `${PORTAL}${created.id}?api-version=2021-11-30`;
const faster = await call("PATCH", url, { sku: { name: "payShield10K_LMK2_CPS2500" } });
assert.deepEqual([faster.status, faster.body.sku.name, faster.body.properties.provisioningState], [200, "payShield10K_LMK2_CPS2500", "Succeeded"], JSON.stringify(faster.body));
assert.equal((await hsms.get(GROUP, "phsm-sdk-1")).sku.name, "payShield10K_LMK2_CPS2500");
step("performance level changed");

assert.deepEqual(await collect(hsms.listOutboundNetworkDependenciesEndpoints(GROUP, "phsm-sdk-1")), []);
step("outbound endpoints");

const refused = await fails(() => hsms.beginDeleteAndWait(GROUP, "phsm-sdk-1", FAST));
assert.deepEqual([refused.status, refused.code], [409, "DeviceNotReleased"], refused.message);
assert.match(refused.message, /release/i);
assert.equal((await hsms.get(GROUP, "phsm-sdk-1")).provisioningState, "Succeeded");
step("delete of a device that is not released is refused");

const mine = await call("GET", `${PORTAL}/api/v1/devices?lifecycle=Allocated&region=westeurope&stamp=stamp1`);
assert.equal(mine.body.total, 1);
assert.equal((await call("POST", `${CONTROL}devices/${mine.body.devices[0].serial}/release`, {})).status, 200);
await hsms.beginDeleteAndWait(GROUP, "phsm-sdk-1", FAST);
const gone = await fails(() => hsms.get(GROUP, "phsm-sdk-1"));
assert.deepEqual([gone.status, gone.code], [404, "ResourceNotFound"]);
await hsms.beginDeleteAndWait(GROUP, "phsm-sdk-1", FAST);
step("released, deleted, gone; deleting nothing is no error");

const other = await call("GET", `${PORTAL}/api/v1/devices?lifecycle=Allocated&region=westeurope&stamp=stamp2`);
assert.equal((await call("POST", `${CONTROL}devices/${other.body.devices[0].serial}/release`, {})).status, 200);
await hsms.beginDeleteAndWait("rg-other", "phsm-sdk-2", FAST);
assert.deepEqual(await collect(hsms.listBySubscription()), []);
step(`subscription ${SUBSCRIPTION} is empty again`);
