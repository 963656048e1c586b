using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace PaymentHsm.Portal.Settings;

/// <summary>Reads <see cref="PortalSettings"/> and finds everything that is wrong with the configuration in one go, each problem with its key.</summary>
internal static class SettingsReader
{
    /// <summary>The settings, or all problems.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static PortalSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(PortalSettings.Section);
        List<string> problems = [];
        CheckKeys(typeof(PortalSettings), section, problems);
        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }

        var settings = section.Get<PortalSettings>() ?? new PortalSettings();
        settings = settings with { Fleet = settings.Fleet with { Intake = settings.Fleet.Intake ?? (environment.IsDevelopment() ? IntakeMode.Automatic : IntakeMode.Manual) } };
        CheckValues(settings, PortalSettings.Section, problems);
        CheckTogether(settings, configuration, environment, problems);
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    /// <summary>Unknown keys (mostly typing mistakes) and values that are not of the setting's type.</summary>
    private static void CheckKeys(Type type, IConfigurationSection section, List<string> problems)
    {
        foreach (var child in section.GetChildren())
        {
            var property = type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                problems.Add($"{child.Path}: there is no such setting. Known here: {string.Join(", ", type.GetProperties().Where(p => p.Name != "EqualityContract").Select(p => p.Name))}.");
            }
            else if (property.PropertyType.Namespace == typeof(PortalSettings).Namespace && property.PropertyType.IsClass)
            {
                CheckKeys(property.PropertyType, child, problems);
            }
            else if (child.Value is { Length: > 0 } text)
            {
                CheckType(property.PropertyType, text, child.Path, problems);
            }
        }
    }

    private static void CheckType(Type type, string text, string path, List<string> problems)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var converter = TypeDescriptor.GetConverter(type);
        try
        {
            converter.ConvertFromInvariantString(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            var wanted = type.IsEnum ? string.Join(" or ", Enum.GetNames(type)) : type == typeof(TimeSpan) ? "a time such as 00:00:10" : $"a value of type {type.Name}";
            problems.Add($"{path}: '{text}' is not {wanted}.");
        }
    }

    /// <summary>Ranges and required values; a time must be longer than nothing.</summary>
    private static void CheckValues(object settings, string path, List<string> problems)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        problems.AddRange(results.Select(r => $"{path}:{string.Join(",", r.MemberNames)}: {r.ErrorMessage}"));
        foreach (var property in settings.GetType().GetProperties())
        {
            var value = property.GetValue(settings);
            if (value is TimeSpan time && time <= TimeSpan.Zero)
            {
                problems.Add($"{path}:{property.Name}: must be longer than zero.");
            }
            else if (value is not null && property.PropertyType.Namespace == typeof(PortalSettings).Namespace && property.PropertyType.IsClass)
            {
                CheckValues(value, $"{path}:{property.Name}", problems);
            }
        }
    }

    private static void CheckTogether(PortalSettings settings, IConfiguration configuration, IHostEnvironment environment, List<string> problems)
    {
        const string root = PortalSettings.Section;
        if (settings.Simulator.Enabled && environment.IsProduction())
        {
            problems.Add($"{root}:Simulator:Enabled: the simulated fleet never runs in Production. Set it to false and {root}:Fleet:Source to the enrolment source.");
        }

        if (!settings.Simulator.Enabled && settings.Fleet.Source is null)
        {
            problems.Add($"{root}:Fleet:Source: without the simulator in this process the portal must be told where its devices are enrolled.");
        }

        if (!settings.Simulator.ControlUrl.IsAbsoluteUri || !settings.Simulator.ControlUrl.IsLoopback || settings.Simulator.ControlUrl.Scheme != Uri.UriSchemeHttp)
        {
            problems.Add($"{root}:Simulator:ControlUrl: must be an http address on loopback, such as http://127.0.0.1:5090.");
        }

        if (settings.Fleet.Source is { } source && (!source.IsAbsoluteUri || source.Scheme is not ("http" or "https")))
        {
            problems.Add($"{root}:Fleet:Source: must be an http or https address.");
        }

        if (settings.Identity.Provider == IdentityProvider.Development)
        {
            CheckDevelopmentSignIn(configuration, environment, problems);
        }
        else
        {
            string[] needed = ["Instance", "TenantId", "ClientId"];
            problems.AddRange(needed.Where(k => string.IsNullOrWhiteSpace(configuration[$"AzureAd:{k}"])).Select(k => $"AzureAd:{k}: is needed when {root}:Identity:Provider is EntraId."));
        }
    }

    /// <summary>Sign-in without a password must not be reachable from anywhere else.</summary>
    private static void CheckDevelopmentSignIn(IConfiguration configuration, IHostEnvironment environment, List<string> problems)
    {
        const string key = $"{PortalSettings.Section}:Identity:Provider";
        if (!environment.IsDevelopment())
        {
            problems.Add($"{key}: Development sign-in works in the Development environment only; this is {environment.EnvironmentName}. Set it to EntraId.");
        }

        foreach (var address in ListenAddresses.From(configuration).Where(a => !ListenAddresses.IsLoopback(a)))
        {
            problems.Add($"urls: Development sign-in listens on loopback only; '{address}' is not. Use 127.0.0.1, or set {key} to EntraId.");
        }
    }
}

/// <summary>The configuration is wrong; <see cref="Problems"/> says all of it.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
