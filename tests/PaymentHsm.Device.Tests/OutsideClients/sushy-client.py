"""Reads a device and restarts it with OpenStack's Redfish client. Arguments: url, CA file, user, password. Prints JSON; says what it dislikes on stderr."""
import json
import sys

import sushy
from sushy import auth

url, ca, user, password = sys.argv[1:5]
root = sushy.Sushy(url, verify=ca, auth=auth.SessionAuth(user, password))
system = root.get_system_collection().get_members()[0]
chassis = root.get_chassis_collection().get_members()[0]
manager = root.get_manager_collection().get_members()[0]
seen = {
    "uuid": root.uuid,
    "serial": system.serial_number,
    "power": system.power_state.value,
    "health": system.status.health.value,
    "ports": {p.identity: p.status.health.value for p in system.ethernet_interfaces.get_members()},
    "chassis": chassis.chassis_type.value,
    "temperatures": {t.name: t.reading_celsius for t in chassis.thermal.temperatures},
    "fans": {f.name: f.reading for f in chassis.thermal.fans},
    "supplies": {s.name: s.line_input_voltage for s in chassis.power.power_supplies},
    "manager": manager.identity,
    "sessions": len(root.get_session_service().sessions.members_identities),
    "tasks": root.get_task_service().identity,
    "firmware": {s.identity: s.version for s in root.get_update_service().firmware_inventory.get_members()},
    "resets": sorted(v.value for v in system.get_allowed_reset_system_values()),
}
system.reset_system(sushy.RESET_GRACEFUL_RESTART)
print(json.dumps(seen))
