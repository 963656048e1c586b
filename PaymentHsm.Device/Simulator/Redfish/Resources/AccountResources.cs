using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Accounts and roles of the out-of-band controller.</summary>
internal static class AccountResources
{
    private const string Root = "/redfish/v1/AccountService";
    private const string Accounts = Root + "/Accounts";

    public static RouteTable<DeviceSide> AddAccounts(this RouteTable<DeviceSide> routes) => routes
        .Read(Root, (_, _) => Service())
        .Read(Accounts, (side, _) => Json.Collection(Accounts, "ManagerAccountCollection", "Accounts", side.Hsm.State.Accounts.Select(a => a.Id)))
        .Add("POST", Accounts, Privilege.Administer, (side, r) => Create(side, r))
        .Read(Accounts + "/{}", (side, r) => Find(side.Hsm.State, r.Args[0]) is { } account ? Body(side, account) : null)
        .Add("PATCH", Accounts + "/{}", Privilege.Login, (side, r) => Change(side, r))
        .Add("DELETE", Accounts + "/{}", Privilege.Administer, (side, r) => Delete(side, r))
        .Read(Root + "/Roles", (_, _) => Json.Collection(Root + "/Roles", "RoleCollection", "Roles", Roles.All))
        .Read(Root + "/Roles/{}", (_, r) => Roles.All.Contains(r.Args[0]) ? Role(r.Args[0]) : null);

    private static Account? Find(DeviceState state, string id) => state.Accounts.FirstOrDefault(a => a.Id == id);

    private static JsonObject Service()
    {
        var body = Json.Resource(Root, "AccountService.v1_18_1.AccountService", "AccountService", "Account service");
        body["ServiceEnabled"] = true;
        body["MinPasswordLength"] = 8;
        body["Status"] = Json.Status();
        body["Accounts"] = Json.Ref(Accounts);
        body["Roles"] = Json.Ref(Root + "/Roles");
        return body;
    }

    private static JsonObject Body(DeviceSide side, Account account)
    {
        var body = Json.Resource($"{Accounts}/{account.Id}", "ManagerAccount.v1_14_1.ManagerAccount", account.Id, $"Account {account.UserName}");
        body["UserName"] = account.UserName;
        body["RoleId"] = account.RoleId;
        body["Password"] = null;
        body["Enabled"] = side.IsEnabled(side.Hsm.State, account);
        body["Locked"] = false;
        body["AccountTypes"] = Json.Strings("Redfish");
        body["Links"] = new JsonObject { ["Role"] = Json.Ref($"{Root}/Roles/{account.RoleId}") };
        return body;
    }

    private static JsonObject Role(string role)
    {
        var body = Json.Resource($"{Root}/Roles/{role}", "Role.v1_3_3.Role", role, $"Role {role}");
        body["RoleId"] = role;
        body["IsPredefined"] = role != Roles.Reclaim;
        body["AssignedPrivileges"] = Json.Strings(Roles.Assigned(role));
        body["OemPrivileges"] = Json.Strings(role == Roles.Reclaim ? ["PaymentHsmReclaim"] : []);
        return body;
    }

    private static Answer Create(DeviceSide side, RedfishRequest request)
    {
        foreach (var needed in new[] { "UserName", "Password", "RoleId" })
        {
            if (request.Text(needed) is null)
            {
                return Messages.Error(400, "PropertyMissing", needed);
            }
        }

        var (userName, password, role) = (request.Text("UserName")!, request.Text("Password")!, request.Text("RoleId")!);
        if (!Roles.All.Contains(role))
        {
            return Messages.Error(400, "PropertyValueNotInList", role, "RoleId");
        }

        if (userName.Length is 0 or > 64 || password.Length < 8)
        {
            return Messages.Error(400, "PropertyValueTypeError", "***", userName.Length is 0 or > 64 ? "UserName" : "Password");
        }

        var enabled = request.Body!["Enabled"] is not JsonValue flag || !flag.TryGetValue(out bool on) || on;
        return side.Hsm.Do(change =>
        {
            var state = change.State;
            if (state.Accounts.Any(a => a.UserName == userName))
            {
                return Messages.Error(400, "ResourceAlreadyExists", "ManagerAccount", "UserName", userName);
            }

            var id = (state.Accounts.Max(a => int.Parse(a.Id, System.Globalization.CultureInfo.InvariantCulture)) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var account = new Account(id, userName, role, password, enabled);
            change.State = state with { Accounts = state.Accounts.Add(account) };
            return new Answer(201, Body(side, account)).With("Location", $"{Accounts}/{id}");
        });
    }

    private static Answer Change(DeviceSide side, RedfishRequest request)
    {
        var caller = request.Caller!;
        if (Find(side.Hsm.State, request.Args[0]) is not { } account)
        {
            return Messages.Error(404, "ResourceMissingAtURI", request.Path);
        }

        // Everybody with ConfigureSelf may change the own password; the rest is the administrator's.
        var self = account.UserName == caller.UserName && Roles.Assigned(caller.RoleId).Contains("ConfigureSelf") && request.Body!.All(p => p.Key == "Password");
        if (caller.RoleId != Roles.Administrator && !self)
        {
            return Messages.Error(403, "InsufficientPrivilege");
        }

        if (request.IfMatch is { } tag && tag != "*" && tag != ETag.Of(Body(side, account)))
        {
            return Messages.Error(412, "PreconditionFailed");
        }

        var next = account;
        foreach (var (name, value) in request.Body!)
        {
            switch (name)
            {
                case "Password" when value is JsonValue text && text.TryGetValue(out string? password) && password.Length >= 8:
                    next = next with { Password = password };
                    break;
                case "Enabled" when value is JsonValue flag && flag.TryGetValue(out bool enabled):
                    next = next with { Enabled = enabled };
                    break;
                case "RoleId" when value is JsonValue text && text.TryGetValue(out string? role) && Roles.All.Contains(role):
                    next = next with { RoleId = role };
                    break;
                case "Password" or "Enabled" or "RoleId":
                    return Messages.Error(400, "PropertyValueTypeError", "***", name);
                case "UserName" or "Id" or "Name" or "Locked" or "Links" or "AccountTypes":
                    return Messages.Error(400, "PropertyNotWritable", name);
                default:
                    return Messages.Error(400, "PropertyUnknown", name);
            }
        }

        side.Hsm.Do(change => change.State = change.State with { Accounts = change.State.Accounts.Replace(account, next) });
        if (next.Password != account.Password || !next.Enabled || next.RoleId != account.RoleId)
        {
            side.Sessions.EndAll(account.UserName);
        }

        return new Answer(200, Body(side, next));
    }

    private static Answer Delete(DeviceSide side, RedfishRequest request)
    {
        if (Find(side.Hsm.State, request.Args[0]) is not { } account)
        {
            return Messages.Error(404, "ResourceMissingAtURI", request.Path);
        }

        if (account.UserName.StartsWith("oob-", StringComparison.Ordinal))
        {
            return Messages.Error(403, "ResourceCannotBeDeleted");
        }

        side.Hsm.Do(change => change.State = change.State with { Accounts = change.State.Accounts.Remove(account) });
        side.Sessions.EndAll(account.UserName);
        return new Answer(204);
    }
}
