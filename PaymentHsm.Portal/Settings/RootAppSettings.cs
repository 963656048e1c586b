using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace PaymentHsm.Portal.Settings;

/// <summary>
/// The appsettings.json of the whole solution lies in its root, the parent of this project's folder. It goes in just before the project's own
/// files, so that environment variables and the command line still win.
/// </summary>
internal static class RootAppSettings
{
    /// <summary>Folder that holds the solution when running from source, else the content root: relative paths count from there.</summary>
    public static string Root(string contentRoot)
    {
        var parent = Path.GetFullPath(Path.Combine(contentRoot, ".."));
        return File.Exists(Path.Combine(parent, "PaymentHsm.sln")) ? parent : Path.GetFullPath(contentRoot);
    }

    public static void AddRootAppSettings(this WebApplicationBuilder builder)
    {
        var sources = builder.Configuration.Sources;
        var first = sources.Select((source, index) => (source, index)).FirstOrDefault(s => s.source is JsonConfigurationSource);
        sources.Insert(first.source is null ? 0 : first.index, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(Root(builder.Environment.ContentRootPath)),
            Path = "appsettings.json",
            Optional = true,
            ReloadOnChange = false,
        });
    }
}
