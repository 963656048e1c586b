namespace PaymentHsm.Portal.Verbs;

/// <summary>What the program can be asked to do.</summary>
internal static class Usage
{
    public static int Print()
    {
        Console.WriteLine("""
            PaymentHsm: operations portal for payment HSMs.

              (nothing)             serves the portal on http://127.0.0.1:5080 and https://127.0.0.1:5443
              simulate [options]    runs only a simulated fleet; a portal is pointed at it by
                                    --PaymentHsm:Simulator:Enabled=false --PaymentHsm:Fleet:Source=URL
              migrate               brings the store to the present schema and ends
              audit verify FILE     verifies an export of the audit log, without the portal and its store
              evidence verify FILE  verifies an evidence bundle, without the portal and its store

            Settings: section PaymentHsm of appsettings.json, PaymentHsm__Section__Key in the environment, --PaymentHsm:Section:Key=value here.
            Each verb knows --help.
            """);
        return 0;
    }
}
