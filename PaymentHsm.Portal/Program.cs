using PaymentHsm.Portal.Verbs;

return args switch
{
    ["simulate", .. var rest] => await SimulateVerb.RunAsync(rest),
    ["migrate", .. var rest] => await MigrateVerb.RunAsync(rest),
    ["audit", .. var rest] => await AuditVerb.RunAsync(rest),
    ["evidence", .. var rest] => await EvidenceVerb.RunAsync(rest),
    ["help" or "--help" or "-h" or "-?", ..] => Usage.Print(),
    _ => await ServeVerb.RunAsync(args),
};
